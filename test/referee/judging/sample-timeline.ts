import type { Labels } from './label-selector.ts';
import type { Steps } from './steps.ts';
import { nothing, type Standing, type Timeline } from './timeline.ts';

/** What a cluster shows from a second on: an image that gets healthy in three seconds with one replica or that many, never does, or has no replicas; or nothing. */
export type Show = readonly [second: number, image: string, how?: 'Fails' | 'Empty' | number];

/** A timeline in short: one App, of which everything is told in seconds. */
export type Sample = {
  readonly rollout?: unknown;
  /** Other settings of the rollout from a second on. */
  readonly rollouts?: readonly (readonly [second: number, rollout: unknown])[];
  readonly edits: readonly (readonly [second: number, image: string, replicas?: number])[];
  readonly shows: { readonly [cluster: string]: readonly Show[] };
  readonly labels?: { readonly [cluster: string]: Labels };
  /** Clusters that their ClusterProfile calls unhealthy, from a second on. */
  readonly unhealthy?: { readonly [cluster: string]: number };
  readonly approvals?: readonly (readonly [second: number, spec: object])[];
  readonly cords?: readonly (readonly [from: number, to: number])[];
  readonly paused?: readonly string[];
  /** Uids of the objects, from a second on, where they are told. */
  readonly uids?: { readonly [cluster: string]: readonly (readonly [second: number, uid: string])[] };
  /** How many replicas fit in a cluster, where that is known. */
  readonly rooms?: { readonly [cluster: string]: number };
  readonly placement?: unknown;
  readonly toldHealthy?: boolean;
  readonly lasts?: number;
};

/** Returns a timeline of an App `team/shop` whose last editor is alice, whose revision is its image, and which calls itself healthy with the first. */
export function sampleTimeline(sample: Sample): Timeline {
  const { edits, shows, placement, labels = {}, unhealthy = {}, cords = [], paused = [], lasts = 10_000 } = sample;
  const rollouts = sample.rollouts ?? [[0, sample.rollout ?? {}]];
  const moments = [...new Set([...edits, ...rollouts].map(([second]) => second))].sort((a, b) => a - b);
  const wishes = moments.map((second) => {
    const [, image = '', replicas = 1] = edits.findLast(([from]) => from <= second) ?? [];
    const [, rollout] = rollouts.findLast(([from]) => from <= second) ?? [];
    return {
      at: ms(second),
      value: {
        spec: { components: [{ name: 'web', image, replicas }], rollout, placement },
        labels: {},
        editor: 'alice',
      },
    };
  });
  const told = edits.map(([second, revision]) => ({
    at: ms(second) + 50,
    value: {
      revision,
      isReady: true,
      healthy: Object.keys(shows).length,
      desired: 0,
      ...((sample.toldHealthy === true || second === 0) && { phase: 'Healthy' }),
    },
  }));
  const names = [...new Set([...Object.keys(shows), ...Object.keys(labels)])];
  return {
    ...{ endsAt: ms(lasts), lagMs: 0, isWatched: true },
    composites: [
      {
        ...{ kind: 'App', namespace: 'team', name: 'shop', wishes, told },
        standing: new Map(names.map((name) => [name, standingOf(shows[name] ?? [], sample.uids?.[name])])),
      },
    ],
    clusters: new Map(
      names.map((name) => {
        const own = labels[name] ?? {};
        const since = unhealthy[name];
        const sick = since === undefined ? [] : [{ at: ms(since), value: { labels: own, isHealthy: false } }];
        const room = sample.rooms?.[name];
        const profile = [{ at: 0, value: { labels: own, isHealthy: true } }, ...sick];
        return [name, { profile, isCutOff: [], refuses: [], ...(room !== undefined && { room }) }];
      }),
    ),
    approvals: (sample.approvals ?? []).map(([second, spec]) => ({
      namespace: 'team',
      from: ms(second),
      spec: { for: { kind: 'App', name: 'shop' }, ...spec },
    })),
    cords: cords.map(([from, to]) => ({ spec: { reason: 'stop' }, from: ms(from), until: ms(to) })),
    paused: [{ at: 0, value: paused }],
  };
}

function ms(second: number): number {
  return second * 1000;
}

function standingOf(shows: readonly Show[], uids: readonly (readonly [number, string])[] = []): Steps<Standing> {
  let ready = 0;
  const steps = shows.flatMap(([second, image, how]) => {
    if (image === '') {
      ready = 0;
      return [{ at: ms(second), value: nothing }];
    }
    const wanted = typeof how === 'number' ? how : Number(how !== 'Empty');
    const value = (isHealthy: boolean): Standing => {
      ready = isHealthy ? wanted : Math.min(ready, wanted);
      return {
        ...{ content: image, images: [image], isHealthy, canFail: wanted > 0 },
        ...{ replicas: { web: wanted }, ready: { web: ready }, objects: { 'Deployment web': '1' } },
      };
    };
    if (how === 'Fails' || how === 'Empty') return [{ at: ms(second), value: value(how === 'Empty') }];
    return [
      { at: ms(second), value: value(false) },
      { at: ms(second + 3), value: value(true) },
    ];
  });
  const others = uids.map(([second, uid]) => {
    const before = steps.findLast(({ at }) => at <= ms(second))?.value ?? nothing;
    return { at: ms(second), value: { ...before, objects: uid === '' ? {} : { 'Deployment web': uid } } };
  });
  return [...steps, ...others].sort((a, b) => a.at - b.at);
}
