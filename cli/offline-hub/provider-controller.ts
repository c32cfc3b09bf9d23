import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import type { Agenda } from './agenda.ts';
import type { MemberCluster } from './member-cluster.ts';
import { keyOf, type ObjectRef, refTo } from './object-ref.ts';
import { isProviderObject, readObjectSpec } from './provider-object.ts';
import { type Next, type ProviderParts, reconcileObject } from './provider-pass.ts';
import { sameJson } from './same-json.ts';
import type { WatchEvent } from './watch-event.ts';

const eventLatencyMs = 50;
const watchLatencyMs = 300;
const pollReadyMs = 600_000;
const pollUnreadyMs = 30_000;
const firstBackoffMs = 1_000;
const longestBackoffMs = 60_000;

/** All that the outcome of a pass depends on: the pass repeats itself while they are the same. */
type Inputs = readonly unknown[];

interface Followed {
  failures: number;
  inputs: Inputs;
}

/** Decides when each Object is reconciled: when its wanted state changes, when a watched remote object does, and by polling. */
export class ProviderController {
  readonly #parts: ProviderParts;
  readonly #agenda: Agenda;
  readonly #isPollOnly: boolean;
  readonly #followed = new Map<string, Followed>();
  /** Objects that watch, by member and remote object. */
  readonly #watchers = new Map<string, Map<string, ObjectRef>>();

  constructor(parts: ProviderParts, agenda: Agenda, isPollOnly: boolean) {
    this.#parts = parts;
    this.#agenda = agenda;
    this.#isPollOnly = isPollOnly;
    parts.hub.watch((event) => {
      if (isProviderObject(event.object)) this.#react(event);
    });
  }

  /** Starts to follow a member, for Objects that ask for a watch. */
  follow(member: MemberCluster): void {
    member.store.watch(({ object }) => {
      if (member.isDown) return;
      const watchers = this.#watchers.get(remoteKey(member, object));
      for (const ref of watchers?.values() ?? []) this.#schedule(ref, watchLatencyMs);
    });
  }

  #react({ type, object, old }: WatchEvent): void {
    const ref = refTo(object);
    if (type === 'Deleted') {
      this.#followed.delete(keyOf(ref));
      this.#agenda.cancel(taskKey(ref));
    } else if (old === undefined || isWantedDifferently(old, object)) this.#schedule(ref, eventLatencyMs);
  }

  #reconcile(ref: ObjectRef): void {
    const object = this.#parts.hub.get(ref);
    if (object !== undefined) this.#watch(ref, object);
    const inputs = this.#inputs(ref);
    const next = reconcileObject(this.#parts, ref);
    const followed = this.#followed.get(keyOf(ref)) ?? { failures: 0, inputs };
    this.#followed.set(keyOf(ref), followed);
    followed.inputs = inputs;
    this.#plan(ref, followed, next);
  }

  #plan(ref: ObjectRef, followed: Followed, next: Next): void {
    if (next === 'Requeue') {
      const delay = Math.min(firstBackoffMs * 2 ** followed.failures, longestBackoffMs);
      followed.failures++;
      this.#schedule(ref, delay);
      return;
    }
    followed.failures = 0;
    const object = this.#parts.hub.get(ref);
    if (next === 'Done' || object === undefined) return;
    this.#schedule(ref, findCondition(object, 'Ready')?.status === 'True' ? pollReadyMs : pollUnreadyMs);
  }

  #schedule(ref: ObjectRef, delayMs: number): void {
    const task = { run: () => this.#reconcile(ref), isIdle: () => this.#isIdle(ref) };
    this.#agenda.schedule(taskKey(ref), this.#parts.clock.milliseconds + delayMs, task);
  }

  #isIdle(ref: ObjectRef): boolean {
    const followed = this.#followed.get(keyOf(ref));
    if (followed === undefined) return false;
    const now = this.#inputs(ref);
    return now.every((input, index) => input === followed.inputs[index]);
  }

  #inputs(ref: ObjectRef): Inputs {
    const object = this.#parts.hub.get(ref);
    if (object === undefined) return [];
    const { manifest, providerConfig } = readObjectSpec(object);
    const member = this.#parts.memberOf(providerConfig);
    const { deletionTimestamp, finalizers } = object.metadata;
    const remote = member?.isDown === true ? undefined : member?.store.get(refTo(manifest));
    const home = manifest.metadata.namespace;
    const namespace = home && member?.store.get({ apiVersion: 'v1', kind: 'Namespace', name: home });
    return [object.spec, deletionTimestamp, finalizers, member, member?.isDown, remote, namespace];
  }

  #watch(ref: ObjectRef, object: KubeObject): void {
    const { watch, manifest, providerConfig } = readObjectSpec(object);
    const member = this.#parts.memberOf(providerConfig);
    if (!watch || this.#isPollOnly || member === undefined) return;
    const key = remoteKey(member, manifest);
    const watchers = this.#watchers.get(key) ?? new Map<string, ObjectRef>();
    this.#watchers.set(key, watchers.set(keyOf(ref), ref));
  }
}

/** Annotations that the provider writes while it creates; a change of them is no change of what is wanted. */
const ignoredAnnotations = ['crossplane.io/external-create-failed', 'crossplane.io/external-create-pending'];

function isWantedDifferently(old: KubeObject, { metadata }: KubeObject): boolean {
  const { generation, labels, annotations } = old.metadata;
  if (generation !== metadata.generation || !sameJson(labels, metadata.labels)) return true;
  const keys = new Set([...Object.keys(annotations ?? {}), ...Object.keys(metadata.annotations ?? {})]);
  return [...keys].some(
    (key) => !ignoredAnnotations.includes(key) && annotations?.[key] !== metadata.annotations?.[key],
  );
}

function taskKey(ref: ObjectRef): string {
  return `object ${keyOf(ref)}`;
}

function remoteKey(member: MemberCluster, object: KubeObject): string {
  return `${member.name} ${keyOf(refTo(object))}`;
}
