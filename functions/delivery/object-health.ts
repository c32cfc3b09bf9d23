import { findCondition, type KubeObject } from '../kube/object.ts';
import { remoteOf } from './observed-objects.ts';
import { contentAnnotation } from './readiness.ts';

/** How one Object fares in its cluster. */
export type ObjectHealth = {
  readonly phase: 'Applying' | 'Healthy' | 'Unhealthy' | 'Unreachable' | 'Failed';
  readonly message?: string;
};

/** What an error says when the member's API server was not reached at all, as opposed to having refused the object. */
const unreachable =
  /dial tcp|connection refused|connection reset|no route to host|i\/o timeout|TLS handshake timeout|no such host|context deadline exceeded|EOF$|server is currently unable/i;

/**
 * Returns how an Object fares with the wanted content. Healthy takes all four signs of freshness: Synced is True for the
 * Object's present generation, the remote object shows the content, and Ready is True. An unreachable cluster keeps its old
 * Ready and only loses Synced, and Ready lags behind a write, so neither counts alone.
 */
export function objectHealth(observed: KubeObject | undefined, content: string): ObjectHealth {
  if (observed === undefined) return { phase: 'Applying' };
  const synced = findCondition(observed, 'Synced');
  if (synced?.status === 'False') {
    const message = synced.message ?? synced.reason;
    return { phase: unreachable.test(message) ? 'Unreachable' : 'Failed', message };
  }
  const isSeen = synced?.status === 'True' && synced.observedGeneration === observed.metadata.generation;
  const hasContent = remoteOf(observed)?.metadata.annotations?.[contentAnnotation] === content;
  if (!isSeen || !hasContent) return { phase: 'Applying' };
  const ready = findCondition(observed, 'Ready');
  if (ready?.status === 'True') return { phase: 'Healthy' };
  return { phase: 'Unhealthy', message: whyUnready(observed) ?? ready?.message ?? 'not ready' };
}

/** Returns what the remote object itself says of being unready: the first condition that is not as it should be. */
function whyUnready(observed: KubeObject): string | undefined {
  const remote = remoteOf(observed);
  if (remote === undefined) return undefined;
  for (const type of ['Progressing', 'Available', 'Ready', 'Failed']) {
    const condition = findCondition(remote, type);
    const isBad = condition !== undefined && (type === 'Failed') === (condition.status === 'True');
    if (isBad && condition.message !== undefined && condition.message !== '') return condition.message;
  }
  return undefined;
}
