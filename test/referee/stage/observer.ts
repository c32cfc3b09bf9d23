import type { OfflineHub } from '../../../cli/offline-hub/hub.ts';
import type { MemberCluster } from '../../../cli/offline-hub/member-cluster.ts';
import type { WatchEvent } from '../../../cli/offline-hub/watch-event.ts';
import { entriesAt, field, listAt, textAt } from '../judging/json-field.ts';
import { keyOf, standingOf } from '../judging/standing.ts';
import { type ApprovalLine, nothing, type Standing, type Timeline, type Told, type Wish } from '../judging/timeline.ts';
import { StepLog } from './step-log.ts';

type Watched = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly wishes: StepLog<Wish | undefined>;
  readonly told: StepLog<Told>;
  readonly standing: Map<string, StepLog<Standing>>;
};

type WatchedCluster = {
  readonly profile: StepLog<Timeline['clusters'] extends ReadonlyMap<string, infer C> ? ProfileOf<C> : never>;
  readonly isCutOff: StepLog<boolean>;
  readonly refuses: StepLog<boolean>;
  room?: number;
};

type ProfileOf<C> = C extends { readonly profile: readonly { readonly value: infer P }[] } ? P : never;

/** What a span of existence looks like while it is written down. */
type Existing = { -readonly [key in keyof ApprovalLine]: ApprovalLine[key] };

/** How a hub is watched. */
export type ObserverOptions = {
  /** Kinds of the composites that are judged. */
  readonly kinds?: readonly string[];
  readonly lagMs?: number;
  readonly isWatched?: boolean;
};

/** Writes down what people could see of a hub and its members: what is wished for, what is said, and what really stands. */
export class Observer {
  readonly #hub: OfflineHub;
  readonly #options: ObserverOptions;
  readonly #composites = new Map<string, Watched>();
  readonly #clusters = new Map<string, WatchedCluster>();
  readonly #approvals = new Map<string, Existing>();
  readonly #cords = new Map<string, Existing>();
  readonly #pausedBySet = new Map<string, readonly string[]>();
  readonly #paused = new StepLog<readonly string[]>();
  /** Composites by the objects in members that are theirs. */
  readonly #owners = new Map<string, Map<string, Watched>>();
  readonly #members = new Set<string>();

  constructor(hub: OfflineHub, options: ObserverOptions = {}) {
    this.#hub = hub;
    this.#options = options;
    this.#paused.put(this.#now, []);
    for (const object of hub.store.index.all()) this.#seeHub({ type: 'Added', object });
    hub.store.watch((event) => this.#seeHub(event));
  }

  /** Cuts a member off, or brings it back. */
  setCutOff(cluster: string, isCutOff: boolean): void {
    this.#hub.setMemberDown(cluster, isCutOff);
    this.#cluster(cluster).isCutOff.put(this.#now, isCutOff);
  }

  /** Says how many replicas really fit in a member, whatever is reported of it. */
  setRoom(cluster: string, room: number): void {
    this.#cluster(cluster).room = room;
  }

  /** Makes the API server of a member refuse every change, as a broken webhook does, or lets it accept them again. */
  setRefusing(cluster: string, refuses: boolean): void {
    const member = this.#hub.members.get(cluster);
    if (member === undefined) throw new Error(`there is no member cluster ${cluster}`);
    const refusal = { reason: 'Forbidden', message: 'admission webhook "policy.test.dev" denied the request' } as const;
    const { admission } = member;
    if (refuses) admission.refuseWrite = (object) => (object.kind === 'Namespace' ? undefined : refusal);
    else admission.refuseWrite = Object.getPrototypeOf(admission).refuseWrite;
    this.#cluster(cluster).refuses.put(this.#now, refuses);
  }

  /** Returns all that was seen so far. */
  timeline(): Timeline {
    const { lagMs = 5_000, isWatched = true } = this.#options;
    return {
      ...{ endsAt: this.#now, lagMs, isWatched },
      composites: [...this.#composites.values()].map(({ wishes, told, standing, ...line }) => ({
        ...line,
        wishes: wishes.steps,
        told: told.steps,
        standing: new Map([...standing].map(([cluster, log]) => [cluster, log.steps])),
      })),
      clusters: new Map(
        [...this.#clusters].map(([name, { profile, isCutOff, refuses, room }]) => [
          name,
          {
            ...{ profile: profile.steps, isCutOff: isCutOff.steps, refuses: refuses.steps },
            ...(room !== undefined && { room }),
          },
        ]),
      ),
      approvals: [...this.#approvals.values()],
      cords: [...this.#cords.values()],
      paused: this.#paused.steps,
    };
  }

  get #now(): number {
    return this.#hub.clock.milliseconds;
  }

  #seeHub({ type, object }: WatchEvent): void {
    for (const member of this.#hub.members.values()) this.#follow(member);
    const isGone = type === 'Deleted';
    const { kind, metadata } = object;
    const [name, namespace] = [metadata.name ?? '', metadata.namespace ?? ''];
    if ((this.#options.kinds ?? ['App', 'ComputeNamespace', 'Tier']).includes(kind)) this.#seeComposite(object, isGone);
    else if (kind === 'Object') this.#seeOwner(object);
    else if (kind === 'ClusterProfile')
      this.#cluster(name).profile.put(this.#now, isGone ? undefined : profileOf(object));
    else if (kind === 'Approval') this.#seeExisting(this.#approvals, `${namespace}/${name}`, object, isGone);
    else if (kind === 'AndonCord') this.#seeExisting(this.#cords, name, object, isGone);
    else if (kind === 'ClusterSet') {
      const paused = listAt(object, 'spec', 'paused').flatMap((each) => textAt(each, 'cluster') ?? []);
      this.#pausedBySet.set(`${namespace}/${name}`, isGone ? [] : paused);
      this.#paused.put(this.#now, [...new Set([...this.#pausedBySet.values()].flat())].sort());
    }
  }

  #seeComposite(object: WatchEvent['object'], isGone: boolean): void {
    const { labels = {}, annotations } = object.metadata;
    const line = this.#composite(object.kind, object.metadata.namespace ?? '', object.metadata.name ?? '');
    const editor = annotations?.['crossply.dev/last-editor'];
    const spec = Object.fromEntries(entriesAt(object, 'spec').filter(([key]) => key !== 'crossplane'));
    line.wishes.put(this.#now, isGone ? undefined : { spec, labels, ...(editor !== undefined && { editor }) });
    line.told.put(this.#now, toldBy(object));
  }

  #seeExisting(all: Map<string, Existing>, name: string, object: unknown, isGone: boolean): void {
    const { uid } = { uid: textAt(object, 'metadata', 'uid') ?? '' };
    const key = `${name} ${uid}`;
    const known = all.get(key);
    const namespace = textAt(object, 'metadata', 'namespace') ?? '';
    if (known === undefined) all.set(key, { spec: field(object, 'spec'), namespace, from: this.#now });
    else if (isGone) known.until = this.#now;
  }

  /** Objects of the provider say which composite an object in a member belongs to. */
  #seeOwner(object: unknown): void {
    const label = (name: string) => textAt(object, 'metadata', 'labels', name) ?? '';
    const [kind, name, cluster] = [
      label('crossply.dev/xr-kind'),
      label('crossply.dev/xr'),
      label('crossply.dev/cluster'),
    ];
    const line = this.#composites.get(`${kind} ${textAt(object, 'metadata', 'namespace') ?? ''}/${name}`);
    if (line === undefined) return;
    const owners = this.#owners.get(cluster) ?? new Map<string, Watched>();
    const key = keyOf(field(object, 'spec', 'forProvider', 'manifest'));
    if (owners.get(key) === line) return;
    this.#owners.set(cluster, owners.set(key, line));
    this.#look(cluster, line);
  }

  #follow(member: MemberCluster): void {
    if (this.#members.has(member.name)) return;
    this.#members.add(member.name);
    member.store.watch(({ object }) => {
      const line = this.#owners.get(member.name)?.get(keyOf(object));
      if (line !== undefined) this.#look(member.name, line);
    });
  }

  #look(cluster: string, line: Watched): void {
    const owners = this.#owners.get(cluster) ?? new Map<string, Watched>();
    const objects = [...(this.#hub.members.get(cluster)?.store.index.all() ?? [])];
    const own = objects.filter((object) => owners.get(keyOf(object)) === line);
    const log = line.standing.get(cluster) ?? new StepLog<Standing>();
    line.standing.set(cluster, log);
    log.put(this.#now, own.length === 0 ? nothing : standingOf(own));
  }

  #composite(kind: string, namespace: string, name: string): Watched {
    const key = `${kind} ${namespace}/${name}`;
    const known = this.#composites.get(key);
    if (known !== undefined) return known;
    const logs = { wishes: new StepLog<Wish | undefined>(), told: new StepLog<Told>(), standing: new Map() };
    const added: Watched = { kind, namespace, name, ...logs };
    this.#composites.set(key, added);
    return added;
  }

  #cluster(name: string): WatchedCluster {
    const known = this.#clusters.get(name);
    if (known !== undefined) return known;
    const added: WatchedCluster = { profile: new StepLog(), isCutOff: new StepLog(), refuses: new StepLog() };
    this.#clusters.set(name, added);
    return added;
  }
}

function profileOf(object: WatchEvent['object']) {
  const conditions = listAt(object, 'status', 'conditions');
  const isHealthy = !conditions.some(
    (each) =>
      ['ControlPlaneHealthy', 'Joined'].includes(textAt(each, 'type') ?? '') && textAt(each, 'status') !== 'True',
  );
  return { labels: object.metadata.labels ?? {}, isHealthy };
}

function toldBy(object: unknown): Told {
  const status = field(object, 'status');
  const [revision, phase] = [textAt(status, 'revision'), textAt(status, 'phase')];
  const ready = listAt(status, 'conditions').find((each) => textAt(each, 'type') === 'Ready');
  return {
    ...(revision !== undefined && { revision }),
    ...(phase !== undefined && { phase }),
    isReady: textAt(ready, 'status') === 'True',
    healthy: Number(field(status, 'clusters', 'healthy') ?? 0),
    desired: Number(field(status, 'clusters', 'desired') ?? 0),
  };
}
