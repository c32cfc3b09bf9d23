import type { RolloutProgress, RolloutStatus } from '../../functions/generated/types.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import { formatRef } from '../offline-hub/object-ref.ts';
import { progressOf } from './wait-recorder.ts';

/** Returns the rollouts that have come to no end on a hub that has settled, each with the reason. While people let something stand still, what has not failed may be waiting for it and is none of them. */
export function findUnfinished(hub: OfflineHub): readonly string[] {
  const rollouts = hub.looks().flatMap(({ composite }) => {
    const object = hub.get(composite);
    const progress = object === undefined ? undefined : progressOf(object);
    const { phase, clusters } = (object?.status ?? {}) as RolloutStatus;
    return progress === undefined ? [] : [{ composite, progress, phase, clusters }];
  });
  const isMeant = rollouts.some(({ phase, progress }) => phase === 'Paused' || isRejected(progress));
  const unfinished = isMeant ? ['Degraded'] : ['Degraded', 'Progressing'];
  return rollouts
    .filter(({ phase = '' }) => unfinished.includes(phase))
    .map(({ composite, progress: { message }, clusters }) => {
      const why = message ?? `${clusters?.healthy ?? 0} of ${clusters?.desired ?? 0} clusters are healthy`;
      return `${formatRef(composite)}: the rollout does not come to its end: ${why}`;
    });
}

function isRejected({ waves }: RolloutProgress): boolean {
  return waves.some(({ message }) => message?.startsWith('rejected by ') === true);
}
