import type { Health } from '../health/health-rule.ts';
import { type HealthRules, ownRules } from '../health/health-rules.ts';
import { judgeHealth } from '../health/judge-health.ts';
import { type Condition, findCondition, type KubeObject } from '../kube/object.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { remoteOf } from './observed-objects.ts';
import { contentAnnotation } from './readiness.ts';

/** How one Object fares in its cluster. */
export type ObjectHealth = {
  readonly phase: 'Applying' | 'Healthy' | 'Unhealthy' | 'Unreachable' | 'Failed';
  readonly message?: string;
  /** What the rule of its kind says of the remote object as it is wanted; absent before that is seen. */
  readonly judged?: { readonly object: KubeObject; readonly health: Health };
  /** When it will be taken for healthy although it says nothing. */
  readonly decidesAt?: Instant;
};

/** What an error says when the member's API server was not reached at all, as opposed to having refused the object. */
const unreachable =
  /dial tcp|connection refused|connection reset|no route to host|i\/o timeout|TLS handshake timeout|no such host|context deadline exceeded|EOF$|server is currently unable/i;

/** How long an object has to give no sign either way until it is taken for healthy. */
const silenceMs = 60_000;

/**
 * Returns how an Object fares with the wanted content. Healthy takes all signs of freshness: Synced is True for the Object's
 * present generation, the remote object shows the content, Ready is True, and the rule of its kind calls it healthy. An
 * unreachable cluster keeps its old Ready and only loses Synced, and Ready lags behind a write, so neither counts alone.
 */
export function objectHealth(
  observed: KubeObject | undefined,
  content: string,
  now: Instant,
  rules: HealthRules = ownRules,
): ObjectHealth {
  if (observed === undefined) return { phase: 'Applying' };
  const synced = findCondition(observed, 'Synced');
  if (synced?.status === 'False') {
    const message = synced.message ?? synced.reason;
    return { phase: unreachable.test(message) ? 'Unreachable' : 'Failed', message };
  }
  const isSeen = synced?.status === 'True' && synced.observedGeneration === observed.metadata.generation;
  const object = remoteOf(observed);
  if (!isSeen || object?.metadata.annotations?.[contentAnnotation] !== content) return { phase: 'Applying' };
  const health = judgeHealth(object, rules);
  const judged = { object, health };
  if (health.state === 'Failed') return { phase: 'Failed', message: health.message, judged };
  if (health.state === 'Progressing') return { phase: 'Unhealthy', message: health.message, judged };
  const ready = findCondition(observed, 'Ready');
  if (ready?.status !== 'True') return { phase: 'Unhealthy', message: ready?.message ?? 'not ready', judged };
  return {
    ...(health.state === 'Silent' ? afterSilence(health.message, [synced, ready], now) : { phase: 'Healthy' }),
    judged,
  };
}

/** One that gives no sign is taken for healthy a minute after the provider first found nothing against it: both conditions keep the time since when they hold for the present content. */
function afterSilence(words: string, conditions: readonly Condition[], now: Instant): ObjectHealth {
  const decidesAt = Math.max(...conditions.map(({ lastTransitionTime }) => Date.parse(lastTransitionTime))) + silenceMs;
  if (decidesAt <= now) {
    return { phase: 'Healthy', message: `${words} for 60 s; taken for healthy` };
  }
  if (Number.isNaN(decidesAt)) return { phase: 'Applying', message: words };
  const message = `${words}; taken for healthy from ${formatTimestamp(decidesAt)} on`;
  return { phase: 'Applying', message, decidesAt };
}
