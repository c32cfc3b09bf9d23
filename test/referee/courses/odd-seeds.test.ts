import { test } from 'node:test';
import { checkCourses, courses } from './check-courses.ts';

test(`random courses break no promise: odd seeds up to ${courses}`, () => checkCourses(1));
