/** Settings of the circuit breaker; the defaults are those of Crossplane core (internal/circuit/token_bucket.go). */
export interface BreakerSettings {
  readonly burst: number;
  readonly refillPerSecond: number;
  readonly cooldownSeconds: number;
  readonly halfOpenSeconds: number;
}

export const coreBreaker: BreakerSettings = {
  burst: 100,
  refillPerSecond: 1,
  cooldownSeconds: 300,
  halfOpenSeconds: 30,
};

interface Bucket {
  tokens: number;
  refilledAt: number;
  recentSources: string[];
  open?: { readonly at: number; lastAllowedAt: number; readonly triggeredBy: string };
}

/** How many sources are remembered to tell who opened the circuit. */
const remembered = 16;

/** Lets through the watch events of each composite while they stay within a rate; what comes above it is lost, not delayed. */
export class CircuitBreaker {
  readonly #settings: BreakerSettings;
  readonly #buckets = new Map<string, Bucket>();

  constructor(settings: BreakerSettings) {
    this.#settings = settings;
  }

  /** Records one event for a composite and tells whether it may pass. */
  allows(composite: string, source: string, nowMs: number): boolean {
    const { burst, halfOpenSeconds } = this.#settings;
    const known = this.#buckets.get(composite);
    const bucket = known ?? { tokens: burst, refilledAt: nowMs, recentSources: [] };
    if (known === undefined) this.#buckets.set(composite, bucket);
    const { open } = bucket;
    const isAllowed = open === undefined || nowMs > open.lastAllowedAt + halfOpenSeconds * 1000;
    this.#record(bucket, source, nowMs, isAllowed && open !== undefined);
    return isAllowed;
  }

  /** Returns who opened the circuit of a composite while it is open. */
  openedBy(composite: string): string | undefined {
    return this.#buckets.get(composite)?.open?.triggeredBy;
  }

  /** Forgets a composite, as core does when it is deleted. */
  reset(composite: string): void {
    this.#buckets.delete(composite);
  }

  #record(bucket: Bucket, source: string, nowMs: number, isHalfOpenProbe: boolean): void {
    const { burst, refillPerSecond, cooldownSeconds } = this.#settings;
    bucket.tokens = Math.min(burst, bucket.tokens + (refillPerSecond * (nowMs - bucket.refilledAt)) / 1000);
    bucket.refilledAt = nowMs;
    bucket.recentSources = [...bucket.recentSources, source].slice(-remembered);
    if (bucket.open !== undefined) {
      if (isHalfOpenProbe) bucket.open.lastAllowedAt = nowMs;
      if (nowMs - bucket.open.at < cooldownSeconds * 1000) return;
      delete bucket.open;
      bucket.recentSources = [];
    }
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return;
    }
    bucket.open = { at: nowMs, lastAllowedAt: nowMs, triggeredBy: mostFrequent(bucket.recentSources) };
  }
}

function mostFrequent(sources: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const source of sources) counts.set(source, (counts.get(source) ?? 0) + 1);
  let top = '';
  for (const [source, count] of counts) if (count >= (counts.get(top) ?? 0)) top = source;
  return top;
}
