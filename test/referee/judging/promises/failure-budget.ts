import { hasFailed, isUnwanted } from '../cluster-health.ts';
import { sayMs } from '../duration.ts';
import { shareOf } from '../share.ts';
import { membersOf } from '../turn.ts';
import { sizeOf } from '../wave-fit.ts';
import { byWaveRule } from './by-wave-rule.ts';

/** Finds clusters that began after more of a wave had failed than may. */
export const failureBudget = byWaveRule('nothing begins once more have failed than may', (turn) => {
  const { timeline, rollout, begin, policy, course } = turn;
  for (const wave of policy.waves) {
    const failed = membersOf(course, rollout, wave.name).filter(
      ({ cluster }) =>
        !isUnwanted(rollout, cluster, begin.at) &&
        [begin.at, begin.at - timeline.lagMs].every((moment) => hasFailed(rollout, cluster, wave.deadlineMs, moment)),
    );
    const may = shareOf(wave.maxFailures, sizeOf(timeline, rollout, wave).most, 0);
    if (failed.length <= may) continue;
    const names = failed.map(({ cluster }) => cluster).join(', ');
    return `${names} of wave ${wave.name} had not got healthy with it in ${sayMs(wave.deadlineMs)}, and ${may} may fail`;
  }
  return undefined;
});
