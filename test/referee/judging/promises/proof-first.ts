import { begunAt, standingAt, wasHealthyWithin } from '../cluster-health.ts';
import type { Rollout } from '../rollout.ts';
import { membersOf, type Turn } from '../turn.ts';
import { certainClusters } from '../wave-fit.ts';
import { byWaveRule } from './by-wave-rule.ts';
import { isOnItsWay } from './max-concurrent.ts';

/** Finds clusters after the first wave that began together although nothing that could have failed had yet been healthy. */
export const proofFirst = byWaveRule(
  'proof by something that could have failed',
  (turn) => {
    const { rollout, begin, place, policy, course } = turn;
    if (place === 0 || !canFailAnywhere(rollout) || isProvenBefore(turn)) return undefined;
    const later = policy.waves.slice(1).flatMap(({ name }) => membersOf(course, rollout, name));
    const other = later.find(({ cluster }) => isOnItsWay(turn, cluster));
    if (other === undefined) return undefined;
    return `${other.cluster} was on its way, and nothing that can fail had been healthy with it anywhere: one at a time until then (${begin.cluster} is of wave ${turn.wave.name})`;
  },
  { inTurnOnly: true },
);

function canFailAnywhere(rollout: Rollout): boolean {
  return rollout.begins.some(({ cluster, settledAt }) => standingAt(rollout, cluster, settledAt).canFail);
}

function isProvenBefore({ rollout, begin }: Turn): boolean {
  return certainClusters(rollout).some((cluster) => {
    const begun = begunAt(rollout, cluster);
    if (begun === undefined || begun >= begin.at) return false;
    return standingAt(rollout, cluster, begin.at).canFail && wasHealthyWithin(rollout, cluster, begun, begin.at);
  });
}
