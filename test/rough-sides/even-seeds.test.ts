import { test } from 'node:test';
import { checkSchedules, schedules } from './check-schedules.ts';

test(`rough courses end where the calm ones do: even seeds up to ${schedules}`, () => checkSchedules(2));
