import type { RolloutStatus } from '../../functions/generated/types.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import { keyOf, type ObjectRef } from '../offline-hub/object-ref.ts';
import { giveApprovals } from './give-approvals.ts';
import type { WaitRecorder } from './wait-recorder.ts';

/** How long things may take in virtual time, and who wants to hear how far they are. */
export interface SettleOptions {
  /** Waiting for a time that is known, such as the end of a soak, is not counted. */
  readonly maxVirtualSeconds: number;
  readonly onProgress: (virtualSeconds: number, doing: string) => void;
}

/** Lets somebody who watches see it move. */
const sliceSeconds = 60;

/** When to look at everything once more although no time is known at which it would change: after functions expect dropped events, and after their longest TTL. */
const lastLooksMs = [420_000, 7_200_000];

/** What is different at each of so many looks will never be the same. */
const mostLooks = 20;

/** A rollout for which so many times in a row came and changed nothing waits for something else. */
const patience = 60;

/**
 * Runs a hub until nothing is left to do and returns whether that was reached. Approvals that rollouts wait for are given.
 * What waits for a time is looked at when that time has come, and not before: a soak of a day takes as many calls as one of a
 * minute.
 */
export async function settleRollouts(hub: OfflineHub, waits: WaitRecorder, options: SettleOptions): Promise<boolean> {
  let leftSeconds = options.maxVirtualSeconds;
  const startedAt = hub.clock.milliseconds;
  const run = async (): Promise<boolean> => {
    for (;;) {
      const settled = await hub.runUntilQuiet({ maxVirtualSeconds: Math.min(sliceSeconds, leftSeconds) });
      leftSeconds -= settled.virtualSeconds;
      if (settled.isSettled) return true;
      if (leftSeconds <= 0) return false;
      options.onProgress((hub.clock.milliseconds - startedAt) / 1000, settled.pending[0] ?? '');
    }
  };
  const fruitless = new Map<string, { readonly state: string; readonly times: number }>();
  let looks = 0;
  let looksLeft = mostLooks;
  for (;;) {
    if (!(await run())) return false;
    if (giveApprovals(hub, waits)) continue;
    const next = nextDecision(hub, (key) => (fruitless.get(key)?.times ?? 0) < patience);
    const lookMs = lastLooksMs[looks];
    if (next !== undefined) {
      for (const composite of next.composites) countIn(fruitless, hub, composite);
      await hub.skipTo(next.at, next.composites);
    } else if (lookMs === undefined || (await isAtRest(hub))) return true;
    else if (looksLeft-- === 0) return false;
    else {
      const { version } = hub.store;
      const everything = hub.looks().map(({ composite }) => composite);
      await hub.skipTo(hub.clock.milliseconds + lookMs, everything);
      looks = hub.store.version === version ? looks + 1 : 0;
    }
  }
}

/** Returns the next time that some rollout waits for, or that a function has named, and who is concerned. */
function nextDecision(
  hub: OfflineHub,
  counts: (key: string) => boolean,
): { readonly at: number; readonly composites: readonly ObjectRef[] } | undefined {
  const now = hub.clock.milliseconds;
  const times = hub.looks().flatMap(({ composite, dueAt }) => {
    const decidesAt = counts(keyOf(composite)) ? decisionOf(hub.get(composite)) : undefined;
    return [decidesAt, dueAt]
      .flatMap((at) => (at !== undefined && at > now ? [at] : []))
      .map((at) => ({ at, composite }));
  });
  if (times.length === 0) return undefined;
  const at = Math.min(...times.map((each) => each.at));
  return { at, composites: times.filter((each) => each.at === at).map(({ composite }) => composite) };
}

/** The next opening of a window means nothing to a rollout that is over. */
function decisionOf(composite: KubeObject | undefined): number | undefined {
  const { phase, rollout } = (composite?.status ?? {}) as RolloutStatus;
  return phase === 'Healthy' || rollout?.nextDecisionAt === undefined ? undefined : Date.parse(rollout.nextDecisionAt);
}

/** Counts how often in a row a composite was looked at in the same state. */
function countIn(
  fruitless: Map<string, { readonly state: string; readonly times: number }>,
  hub: OfflineHub,
  composite: ObjectRef,
): void {
  const { clusters, rollout } = (hub.get(composite)?.status ?? {}) as RolloutStatus;
  const waves = rollout?.waves.map(({ message: _, ...wave }) => wave);
  const state = canonicalJson({ clusters, waves } as unknown as Json);
  const before = fruitless.get(keyOf(composite));
  fruitless.set(keyOf(composite), { state, times: before?.state === state ? before.times + 1 : 0 });
}

/** Tells whether even looking again would learn nothing. */
async function isAtRest(hub: OfflineHub): Promise<boolean> {
  return (await hub.runUntilSettled({ maxVirtualSeconds: 0 })).isSettled;
}
