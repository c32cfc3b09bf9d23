import { fitsImages } from '../asked-content.ts';
import { hasFailed, standingAt } from '../cluster-health.ts';
import type { Judge } from '../judge.ts';
import { ancestors } from '../policy.ts';
import { policySteps } from '../policy-steps.ts';
import { isAway } from '../reach.ts';
import { at, during } from '../steps.ts';
import { isHeldBack } from './brakes.ts';

/** How long after a failure all that began should be back: it goes by waves as well. */
const backWithinMs = 3_600_000;

/** Finds clusters that kept what had failed, though it was to go back by itself. */
export const rollsBack: Judge = (timeline, rollout) => {
  const { line, until, begins, request, isFirst } = rollout;
  const policies = during(policySteps(timeline, line), rollout.at, until).map(({ value }) => value);
  const policy = at(policySteps(timeline, line), until);
  const moment = until - backWithinMs;
  if (isFirst || policy === undefined || policies.some(({ onFailure }) => onFailure !== 'Rollback')) return [];
  if (ancestors(timeline, line, moment).some((each) => isHeldBack(timeline, each, moment, until))) return [];
  const failed = begins.filter(({ cluster, at: begun }) => {
    const { deadlineMs } = policy.waves.reduce((a, b) => (a.deadlineMs > b.deadlineMs ? a : b));
    return begun + deadlineMs <= moment && hasFailed(rollout, cluster, deadlineMs, moment);
  });
  const mayNotFail = policy.waves.every(({ maxFailures }) => maxFailures === 0);
  if (failed.length === 0 || !mayNotFail) return [];
  const stuck = begins.filter(
    ({ cluster }) =>
      !isAway(timeline, cluster, until) &&
      standingAt(rollout, cluster, until).content ===
        standingAt(rollout, cluster, begins.find((each) => each.cluster === cluster)?.settledAt ?? until).content &&
      fitsImages(standingAt(rollout, cluster, until).images, request.spec),
  );
  return stuck.slice(0, 1).map(({ cluster }) => ({
    at: until,
    promise: 'what has failed goes back with onFailure Rollback',
    about: '',
    says: `${cluster} still had what had failed on ${failed[0]?.cluster} more than an hour before`,
  }));
};
