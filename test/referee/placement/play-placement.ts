import type { Faults } from '../../../cli/offline-hub/faults.ts';
import type { Finding } from '../judging/finding.ts';
import { judgePlacement } from '../judging/referee.ts';
import { FreeCapacity, freeProperty } from '../stage/free-capacity.ts';
import { type AppWish, appOf, createStage, type Stage } from '../stage/stage.ts';
import type { PlacementCourse, PlacementEvent } from './placement-course.ts';

/** Core drops no event of a ClusterSet, whose breaker never opens: what is dropped would be told a look later. */
const faults: Faults = { shuffleApplyOrder: true, repeatCalls: 0.05, staleCalls: 0.1, coldSeeds: 0.05 };

/** Pods take longer to get ready than Apps that start at once to see one another. */
const podsTakeSeconds = 30;

/** Plays a course of Apps that share room with the real functions, and returns every promise that was broken. */
export async function playPlacement(course: PlacementCourse, seed: number): Promise<readonly Finding[]> {
  const { rooms, everySeconds, isDated, hasFaults } = course;
  const clusters = Object.fromEntries(Object.keys(rooms).map((name) => [name, {}]));
  const readyAfterSeconds = Object.fromEntries(Object.keys(rooms).map((name) => [name, podsTakeSeconds]));
  const stage = await createStage({ clusters, seed, readyAfterSeconds, ...(hasFaults && { faults }) });
  const capacity = new FreeCapacity(stage, { everySeconds, isDated });
  for (const [name, room] of Object.entries(rooms)) capacity.add(name, room);
  await capacity.run(60);
  const play = new Play(stage, capacity, course);
  for (const event of course.events) {
    await capacity.run(event.after);
    play.happen(event);
  }
  return judgePlacement(stage.observer.timeline());
}

class Play {
  readonly #stage: Stage;
  readonly #capacity: FreeCapacity;
  readonly #course: PlacementCourse;
  readonly #wishes = new Map<string, AppWish>();

  constructor(stage: Stage, capacity: FreeCapacity, course: PlacementCourse) {
    this.#stage = stage;
    this.#capacity = capacity;
    this.#course = course;
  }

  happen(event: PlacementEvent): void {
    const { hub, observer } = this.#stage;
    switch (event.does) {
      case 'want':
        this.#want(event.app, { replicas: event.replicas });
        return;
      case 'image':
        if (this.#wishes.has(event.app)) this.#want(event.app, { image: event.image });
        return;
      case 'drop':
        if (!this.#wishes.delete(event.app)) return;
        hub.delete({ apiVersion: 'crossply.dev/v1alpha1', kind: 'App', namespace: 'team', name: event.app });
        return;
      case 'lose':
      case 'find':
        observer.setCutOff(event.cluster, event.does === 'lose');
        this.#capacity.setHealthy(event.cluster, event.does === 'find');
        return;
      case 'join':
        if (hub.members.has(event.cluster)) return;
        hub.addMember(event.cluster, { readyAfterSeconds: podsTakeSeconds });
        this.#capacity.add(event.cluster, event.room);
        return;
      case 'nothing':
        return;
    }
  }

  #want(name: string, change: Partial<AppWish>): void {
    const capacity = { property: freeProperty, perReplica: '1' };
    const placement = { replicas: { mode: 'Divided', strategy: this.#course.strategy[name] ?? 'Capacity', capacity } };
    const wish = { name, image: 'web:1', placement, ...this.#wishes.get(name), ...change };
    this.#wishes.set(name, wish);
    this.#stage.apply(appOf(wish));
  }
}
