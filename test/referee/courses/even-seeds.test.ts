import { test } from 'node:test';
import { checkCourses, courses } from './check-courses.ts';

test(`random courses break no promise: even seeds up to ${courses}`, () => checkCourses(2));
