import { askedReplicas } from '../asked-content.ts';
import { sayMs } from '../duration.ts';
import type { Finding } from '../finding.ts';
import { field } from '../json-field.ts';
import { at, heldSince, type Steps } from '../steps.ts';
import { type CompositeLine, nameOf, type Timeline } from '../timeline.ts';
import { replicasIn } from './room-once.ts';

/** How long everything has to be at rest until what is wished for has to stand: fail-over, reports of capacity and waves are over by then. */
const settledAfterMs = 1_500_000;

/** Finds Apps that divide their replicas and lack some at the end, although healthy clusters have had room for them for long. */
export function nothingLeftOut(timeline: Timeline): readonly Finding[] {
  if (timeline.endsAt - lastEvent(timeline) < settledAfterMs) return [];
  const able = [...timeline.clusters].filter(
    ([, { profile, isCutOff, room }]) =>
      room !== undefined && profile.at(-1)?.value?.isHealthy === true && isCutOff.at(-1)?.value !== true,
  );
  const free = able.map(([cluster, { room = 0 }]) => room - (replicasIn(timeline, cluster).at(-1)?.value ?? 0));
  const spare = free.reduce((sum, count) => sum + Math.max(0, count), 0);
  const names = new Set(able.map(([cluster]) => cluster));
  return timeline.composites.flatMap((line): readonly Finding[] => {
    const wish = line.wishes.at(-1)?.value;
    if (
      line.kind !== 'App' ||
      wish === undefined ||
      !JSON.stringify(field(wish.spec, 'placement') ?? {}).includes('Divided')
    )
      return [];
    const wished = Object.values(askedReplicas(wish.spec)).reduce((sum, count) => sum + count, 0);
    const stands = standingIn(line, names, timeline.endsAt);
    if (stands >= wished || spare === 0) return [];
    const says = `${stands} of ${wished} replicas stand on healthy clusters although ${spare} more fit, ${sayMs(settledAfterMs)} after the last event`;
    return [{ at: timeline.endsAt, promise: 'what fits is placed', about: nameOf(line), says }];
  });
}

function standingIn({ standing }: CompositeLine, clusters: ReadonlySet<string>, moment: number): number {
  return [...standing].reduce((sum, [cluster, steps]) => {
    const replicas = clusters.has(cluster) ? (at(steps, moment)?.replicas ?? {}) : {};
    return sum + Object.values(replicas).reduce((some, count) => some + count, 0);
  }, 0);
}

function lastEvent({ composites, clusters }: Timeline): number {
  const wishes = composites.flatMap((line) => line.wishes.map((step) => step.at));
  const told = [...clusters.values()].flatMap(({ profile, isCutOff }) => [
    ...isCutOff.map((step) => step.at),
    ...changesOfHealth(profile),
  ]);
  return Math.max(0, ...wishes, ...told);
}

function changesOfHealth(profile: Steps<{ readonly isHealthy: boolean } | undefined>): readonly number[] {
  return profile.flatMap(
    (step) => heldSince(profile, step.at, (each) => each?.isHealthy === step.value?.isHealthy) ?? [],
  );
}
