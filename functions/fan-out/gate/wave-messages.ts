import { formatDuration } from '../../kube/duration.ts';
import { formatTimestamp } from '../../kube/timestamp.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import type { WavePolicy } from '../policy/wave-policy.ts';
import { provesTarget } from './cluster-view.ts';
import type { GateInput, Moves, WaveProgress } from './moves.ts';
import type { Wave } from './survey-waves.ts';

/** Returns why nothing new goes out. */
export function explainFailures({ wave, clusters }: NonNullable<Moves['failures']>): string {
  const names = clusters.slice(0, 3).join(', ');
  return `${clusters.length} of wave ${wave} failed, more than may (${names}${clusters.length > 3 ? ', …' : ''})`;
}

/** Returns what a later wave waits for while one is not done. */
export function explainUndone({
  state,
  message,
  counted,
  policy,
}: Wave & { readonly state: WaveProgress['state']; readonly message?: string }): string {
  if (state === 'Soaking') return `waits for wave ${policy.name}, which ${message}`;
  const waited = counted.filter(({ isPaused }) => !isPaused);
  const done = waited.filter(({ standing }) => standing === 'Done').length;
  return `waits for wave ${policy.name}: ${done} of ${waited.length} clusters are healthy`;
}

/** Returns how long a wave is watched. */
export function describeSoak({ soakMs }: Pick<WavePolicy, 'soakMs'>, until: Instant): string {
  return `soaks for ${formatDuration(soakMs)} until ${formatTimestamp(until)}`;
}

/** What is known of proof beside a wave. */
export type PassingFacts = Pick<GateInput, 'provable'> & {
  readonly isProvenBefore: boolean;
  /** Tells whether some cluster of any wave could prove something. */
  readonly isProvable: () => boolean;
};

/** Returns what has become of a wave that was passed without having proven anything; nothing of one that has, or where one before it had. */
export function describePassing(
  { counted, newcomers, policy }: Wave,
  { isProvenBefore, isProvable, provable }: PassingFacts,
): string | undefined {
  const waited = counted.filter(({ isPaused }) => !isPaused);
  if (waited.length === 0 && newcomers.length === 0) {
    const nobody = counted.length === 0 ? 'has no clusters' : 'all of its clusters are paused';
    const dropped = [
      ...(policy.soakMs > 0 ? [`its soak of ${formatDuration(policy.soakMs)}`] : []),
      ...(policy.quorum > 0 ? [`its approval by ${policy.quorum}`] : []),
    ];
    return dropped.length === 0
      ? `${nobody}, and is passed`
      : `${nobody}, and is passed without ${dropped.join(' and ')}`;
  }
  const hasProven = isProvenBefore || waited.length === 0 || waited.some((view) => provesTarget(view, { provable }));
  if (hasProven || !isProvable()) return undefined;
  return 'proves nothing, for nothing that could have failed runs on its clusters; the next wave begins with one cluster';
}
