import type { HealthRule, Sign } from './health-rule.ts';
import { allOf, anyOf, areTrueIfTold, fieldIs, has, isTrue, not } from './signs.ts';

/** Conditions that most controllers mean alike: each of the good ones that an object has must be True, none of the bad ones may. */
const good = [
  'Ready',
  'Available',
  'Healthy',
  'Synced',
  'Reconciled',
  'Programmed',
  'Accepted',
  'Established',
  'Installed',
];
const done = ['Complete', 'Completed', 'Succeeded'];
const bad = ['NotReady', 'Degraded', 'Unavailable', 'Unhealthy', 'Error', 'ErrorOccurred'];
const failed = ['Failed', 'Failure'];

const goodPhases = ['Ready', 'Running', 'Available', 'Active', 'Healthy', 'Bound', 'Online', 'Deployed', 'Provisioned'];
const donePhases = ['Succeeded', 'Successful', 'Complete', 'Completed', 'Finished', 'Done'];
const failedPhases = ['Failed', 'Failure', 'Error', 'Errored', 'Invalid'];

const phase = 'status.phase';
const state = 'status.state';
const inPhase = (phases: readonly string[]): Sign =>
  anyOf(fieldIs(phase, ...spellings(phases)), fieldIs(state, ...spellings(phases)));
const tellsPhase = (path: string): Sign => allOf(has(path), not(fieldIs(path, '')));

const isGood = anyOf(isTrue(...good, ...done), inPhase([...goodPhases, ...donePhases]));
/** A phase that nobody has described is not taken for health, nor a task that is not done. */
const mayBeUnwell = anyOf(tellsPhase(phase), tellsPhase(state), not(areTrueIfTold(...done)));

/**
 * The rule for kinds that nobody has described. Healthy is one that says so in words that most controllers mean alike, unwell
 * one that says so; one that says neither is silent. Failed takes a word that leaves no doubt.
 */
export const otherKinds: HealthRule = {
  ...{ group: '*', kind: '*' },
  healthy: isGood,
  progressing: anyOf(not(areTrueIfTold(...good)), isTrue(...bad), allOf(mayBeUnwell, not(isGood))),
  failed: anyOf(isTrue(...failed), inPhase(failedPhases)),
  silence: { sign: 'true', words: 'says nothing of its health' },
  tells: [
    ...[...failed, ...bad].map((type) => `!${type}`),
    ...[...good, ...done],
    ...['status.message', 'status.reason', phase, state],
  ],
};

/** Phases are written with and without capitals. */
function spellings(phases: readonly string[]): readonly string[] {
  return phases.flatMap((each) => [each, each.toLowerCase(), each.toUpperCase()]);
}
