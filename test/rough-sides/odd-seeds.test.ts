import { test } from 'node:test';
import { checkSchedules, schedules } from './check-schedules.ts';

test(`rough courses end where the calm ones do: odd seeds up to ${schedules}`, () => checkSchedules(1));
