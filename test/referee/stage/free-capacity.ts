import type { JsonObject } from '../../../functions/kube/json.ts';
import { listAt, numberAt, textAt } from '../judging/json-field.ts';
import { profileOf, type Stage } from './stage.ts';

/** The property in which clusters say how many replicas still fit. */
export const freeProperty = 'free';

/** What is known of a cluster. */
type Known = { labels: { readonly [label: string]: string }; isHealthy: boolean; free: number; readAt: number };

/** Plays the agents that report free capacity: every so often, so that what was just placed is not in their last report. */
export class FreeCapacity {
  readonly #stage: Stage;
  readonly #everySeconds: number;
  /** Whether a report says when it was read. */
  readonly #isDated: boolean;
  readonly #clusters = new Map<string, Known & { readonly room: number }>();

  constructor(stage: Stage, options: { readonly everySeconds: number; readonly isDated: boolean }) {
    this.#stage = stage;
    this.#everySeconds = options.everySeconds;
    this.#isDated = options.isDated;
  }

  /** Adds a cluster in which so many replicas fit. */
  add(cluster: string, room: number): void {
    const { hub, observer } = this.#stage;
    observer.setRoom(cluster, room);
    this.#clusters.set(cluster, { room, labels: {}, isHealthy: true, free: room, readAt: hub.clock.milliseconds });
    this.#tell(cluster);
  }

  /** Says that a cluster is healthy or not; what was last read of it stays. */
  setHealthy(cluster: string, isHealthy: boolean): void {
    const known = this.#clusters.get(cluster);
    if (known !== undefined) known.isHealthy = isHealthy;
    this.#tell(cluster);
  }

  /** Lets time pass, with the reports that fall into it. */
  async run(seconds: number): Promise<void> {
    const { clock } = this.#stage.hub;
    const end = clock.milliseconds + seconds * 1000;
    const everyMs = this.#everySeconds * 1000;
    for (;;) {
      const next = Math.min(end, (Math.floor(clock.milliseconds / everyMs) + 1) * everyMs);
      await this.#stage.hub.runFor((next - clock.milliseconds) / 1000);
      if (clock.milliseconds % everyMs === 0) this.#report();
      if (next >= end) return;
    }
  }

  #report(): void {
    for (const [name, known] of this.#clusters) {
      const member = this.#stage.hub.members.get(name);
      if (member === undefined || member.isDown) continue;
      const pods = [...member.store.index.all()]
        .filter((object) => textAt(object, 'kind') === 'Deployment')
        .reduce((sum, object) => sum + (numberAt(object, 'status', 'replicas') ?? 0), 0);
      known.free = Math.max(0, known.room - pods);
      known.readAt = this.#stage.hub.clock.milliseconds;
      this.#tell(name);
    }
  }

  #tell(cluster: string): void {
    const known = this.#clusters.get(cluster);
    if (known === undefined) throw new Error(`there is no cluster ${cluster}`);
    const property: JsonObject = {
      ...{ name: freeProperty, value: String(known.free) },
      ...(this.#isDated && { lastObservedTime: new Date(known.readAt).toISOString() }),
    };
    const { hub, apply } = this.#stage;
    const profile = profileOf(cluster, known.labels, known.isHealthy, [property]);
    const before = hub.get({ apiVersion: profile.apiVersion, kind: profile.kind, namespace: 'fleet', name: cluster });
    const same = JSON.stringify(listAt(before, 'status')) === JSON.stringify(listAt(profile, 'status'));
    if (before === undefined || !same || JSON.stringify(before.status) !== JSON.stringify(profile.status))
      apply(profile);
  }
}
