import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Faults } from '../../../cli/offline-hub/faults.ts';
import { type Random, seededRandom } from '../../../cli/offline-hub/random.ts';
import { courses } from '../courses/check-courses.ts';
import { pick } from '../courses/pick.ts';
import { appOf } from '../stage/stage.ts';
import { createFleet, type MovingFleet } from './moving-fleet.ts';

/** A seed that is to be played alone. */
const only = process.env['REFEREE_SEED'];
const seeds = only === undefined ? Array.from({ length: courses }, (_, index) => index + 1) : [Number(only)];
const lagging: Faults = { shuffleApplyOrder: true, repeatCalls: 0.05, staleCalls: 0.15, coldSeeds: 0.05 };

test(`clusters that get other names, ids and decisions keep what stands in them: ${seeds.length} random courses`, async () => {
  const broken: string[] = [];
  for (const seed of seeds) {
    const course = new MovingCourse(seed);
    await course
      .play()
      .catch((error: Error) => broken.push(`seed ${seed}: ${error.message}\n${course.log.join('\n')}`));
  }
  assert.ok(broken.length === 0, broken.join('\n\n'));
});

/** Members under changing names, of which another scheduler or nobody chooses; none of what happens is a wish that anything goes. */
class MovingCourse {
  readonly log: string[] = [];
  readonly #random: Random;
  readonly #seed: number;
  readonly #members: readonly string[];
  /** The profile of each member. */
  readonly #profiles: Map<string, string>;
  readonly #ids = new Map<string, string>();
  #count = 0;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = seededRandom(seed + 9_000_000);
    this.#members = ['m-a', 'm-b', 'm-c', 'm-d'].slice(0, 2 + this.#random.below(3));
    this.#profiles = new Map(this.#members.map((member) => [member, member]));
  }

  async play(): Promise<void> {
    const fleet = await createFleet(this.#members, this.#seed % 2 === 0 ? lagging : undefined);
    const isDecided = this.#random.chance(0.4);
    if (isDecided) this.#decideAll(fleet);
    const waves = [
      { name: 'one', count: 1, soak: '90s' },
      { name: 'rest', maxConcurrent: '100%' },
    ];
    const wish = { placement: isDecided ? { fromDecision: 'shop' } : {}, rollout: { waves, maxRemovals: '100%' } };
    fleet.apply(appOf({ image: 'web:1', ...wish }));
    await fleet.hub.runFor(900);
    let image = 'web:1';
    for (let step = 3 + this.#random.below(5); step > 0; step--) {
      await fleet.hub.runFor(pick(this.#random, [0, 1, 5, 40, 200, 500]));
      if (this.#random.chance(0.25)) {
        image = `web:${++this.#count + 1}`;
        this.#note(fleet, `image ${image}`);
        fleet.apply(appOf({ image, ...wish }));
      } else if (isDecided && this.#random.chance(0.4)) {
        await this.#rewrite(fleet);
      } else {
        await this.#move(fleet);
        if (isDecided) this.#decideAll(fleet);
      }
    }
    await fleet.hub.runFor(2_400);
    assert.deepEqual(fleet.deleted, [], 'nothing was to go');
    for (const member of this.#members) {
      const text = JSON.stringify([...(fleet.hub.members.get(member)?.store.index.all() ?? [])]);
      assert.ok(text.includes(`"image":"${image}"`), `${member} does not run ${image}`);
    }
  }

  /** Gives one cluster another name, two each other's, or one an id of its own. */
  async #move(fleet: MovingFleet): Promise<void> {
    const [one = '', other = ''] = this.#random.shuffle(this.#members);
    const [first, second] = [this.#profiles.get(one) ?? '', this.#profiles.get(other) ?? ''];
    switch (this.#random.below(4)) {
      case 0: {
        this.#note(fleet, `exchange ${first} and ${second}`);
        this.#put(fleet, first, other);
        this.#put(fleet, second, one);
        return;
      }
      case 1: {
        if (!this.#ids.has(one)) this.#ids.set(one, `id-${one}`);
        this.#note(fleet, `id of ${first}`);
        this.#put(fleet, first, one);
        return;
      }
      default: {
        const name = `p${++this.#count}`;
        const isMissed = this.#random.chance(0.5);
        this.#note(fleet, `${first} becomes ${name}, ${isMissed ? 'after it is gone' : 'before it goes'}`);
        if (isMissed) {
          fleet.drop(first);
          await fleet.hub.runFor(pick(this.#random, [0, 2, 100]));
          this.#put(fleet, name, one);
          return;
        }
        this.#put(fleet, name, one);
        await fleet.hub.runFor(pick(this.#random, [0, 2, 100]));
        fleet.drop(first);
      }
    }
  }

  /** Writes the same decision in two parts that are read apart, as schedulers do that write one object after the other. */
  async #rewrite(fleet: MovingFleet): Promise<void> {
    const all = this.#random.shuffle([...this.#profiles.values()]);
    const place = this.#random.below(all.length + 1);
    this.#note(fleet, `decision ${all.slice(0, place)} and ${all.slice(place)}`);
    this.#decide(fleet, 0, all.slice(0, place));
    await fleet.hub.runFor(pick(this.#random, [1, 5, 60]));
    this.#decide(fleet, 1, all.slice(place));
    await fleet.hub.runFor(1);
  }

  #decideAll(fleet: MovingFleet): void {
    this.#decide(fleet, 0, [...this.#profiles.values()]);
    this.#decide(fleet, 1, []);
  }

  #put(fleet: MovingFleet, profile: string, member: string): void {
    this.#profiles.set(member, profile);
    fleet.put(profile, member, {}, this.#ids.get(member));
  }

  #decide({ apply }: MovingFleet, index: number, profiles: readonly string[]): void {
    const labels = {
      'multicluster.x-k8s.io/decision-key': 'shop',
      'multicluster.x-k8s.io/decision-index': String(index),
    };
    apply({
      ...{ apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'PlacementDecision', schedulerName: 'other' },
      metadata: { name: `shop-${index}`, namespace: 'team', labels },
      decisions: profiles.map((name) => ({ clusterProfileRef: { name, namespace: 'fleet' } })),
    });
  }

  #note({ hub }: MovingFleet, what: string): void {
    this.log.push(`${new Date(hub.clock.milliseconds).toISOString().slice(11, 19)} ${what}`);
  }
}
