import { evictingTaint, formatTaint, repellingTaint, tolerationFor } from '../../clusters/taints.ts';
import type { Toleration } from '../../generated/types.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import { type Filter, mismatch } from './filter.ts';

/** Returns the filter that keeps work off clusters with taints that it does not tolerate (core/v1 semantics): NoSchedule new work, NoExecute also what runs. */
export function taintFilter(tolerations: readonly Toleration[], now: Instant): Filter {
  return {
    name: 'Taints',
    newWork({ taints }) {
      const taint = repellingTaint(taints, tolerations, now, { isPresent: false });
      if (taint === undefined) return undefined;
      return mismatch(`taint ${formatTaint(taint)}`, `toleration ${tolerationFor(taint)}`);
    },
    running({ taints }) {
      const evicting = evictingTaint(taints, tolerations, now);
      if (evicting === undefined) return undefined;
      return { ...mismatch(`taint ${formatTaint(evicting.taint)}`), dueAt: evicting.dueAt };
    },
  };
}
