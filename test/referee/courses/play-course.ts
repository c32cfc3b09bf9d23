import type { Faults } from '../../../cli/offline-hub/faults.ts';
import { formatProblems } from '../../../functions/kube/problem.ts';
import type { Finding } from '../judging/finding.ts';
import { judge } from '../judging/referee.ts';
import { type AppWish, appOf, approvalOf, createStage, profileOf, type Stage, tierOf } from '../stage/stage.ts';
import type { Course, CourseEvent } from './course.ts';

const faults: Faults = {
  dropEvents: 0.05,
  shuffleApplyOrder: true,
  repeatCalls: 0.05,
  staleCalls: 0.1,
  coldSeeds: 0.05,
};

/** What a course came to. */
export type Played = { readonly stage: Stage; readonly findings: readonly Finding[] };

/** Plays a course with the real functions and returns every promise that was broken. */
export async function playCourse(
  course: Course,
  seed: number,
  watch: (stage: Stage) => void = () => {},
): Promise<Played> {
  const { clusters, readyAfterSeconds, isBare, hasFaults, replicas, placement, rollout, events } = course;
  const stage = await createStage({ clusters, readyAfterSeconds, isBare, seed, ...(hasFaults && { faults }) });
  watch(stage);
  const play = new Play(stage, clusters, { image: 'web:1', replicas, placement, rollout });
  for (const event of events) {
    await stage.hub.runFor(event.after);
    play.happen(event);
  }
  const findings = judge(stage.observer.timeline());
  const unsteady = stage.hub.findings.map((says) => ({
    at: 0,
    promise: 'equal requests get equal answers',
    about: 'hub',
    says,
  }));
  return { stage, findings: [...unsteady, ...findings] };
}

class Play {
  readonly #stage: Stage;
  readonly #labels: Map<string, { readonly [label: string]: string }>;
  #wish: AppWish;
  #count = 0;

  constructor(stage: Stage, clusters: Course['clusters'], wish: AppWish) {
    this.#stage = stage;
    this.#labels = new Map(Object.entries(clusters));
    this.#wish = wish;
    stage.apply(appOf(wish));
  }

  happen(event: CourseEvent): void {
    const { hub, observer, apply } = this.#stage;
    switch (event.does) {
      case 'image':
        this.#want({ image: event.image, editor: event.editor });
        return;
      case 'replicas':
        this.#want({ replicas: event.replicas });
        return;
      case 'rollout':
        this.#want({ rollout: event.rollout });
        return;
      case 'placement':
        this.#want({ placement: { ...this.#wish.placement, ...event.placement } });
        return;
      case 'pause':
      case 'resume':
        this.#want({ rollout: { ...this.#wish.rollout, paused: event.does === 'pause' } });
        return;
      case 'approve':
      case 'reject':
        this.#answer(event.wave, event.who, event.does === 'reject');
        return;
      case 'lose':
        observer.setCutOff(event.cluster, true);
        if (event.isTold) this.#tell(event.cluster, false);
        return;
      case 'find':
        observer.setCutOff(event.cluster, false);
        this.#tell(event.cluster, true);
        return;
      case 'refuse':
      case 'accept':
        observer.setRefusing(event.cluster, event.does === 'refuse');
        return;
      case 'join':
        if (!hub.members.has(event.cluster)) hub.addMember(event.cluster);
        this.#labels.set(event.cluster, event.labels);
        this.#tell(event.cluster, true);
        return;
      case 'relabel':
        this.#labels.set(event.cluster, event.labels);
        this.#tell(event.cluster, true);
        return;
      case 'spoil':
      case 'heal':
        this.#setHealth(event.image, event.does === 'heal');
        return;
      case 'cord':
        apply({
          apiVersion: 'crossply.dev/v1alpha1',
          kind: 'AndonCord',
          metadata: { name: 'stop' },
          spec: { reason: 'stop' },
        });
        return;
      case 'uncord':
        hub.delete({ apiVersion: 'crossply.dev/v1alpha1', kind: 'AndonCord', name: 'stop' });
        return;
      case 'freeze':
        apply(tierOf({ freeze: { reason: 'holidays' } }));
        return;
      case 'thaw':
        apply(tierOf({}));
        return;
      case 'nothing':
        return;
    }
  }

  #want(change: Partial<AppWish>): void {
    this.#wish = { ...this.#wish, ...change };
    this.#stage.apply(appOf(this.#wish));
  }

  #tell(cluster: string, isHealthy: boolean): void {
    this.#stage.apply(profileOf(cluster, this.#labels.get(cluster) ?? {}, isHealthy));
  }

  /** An Approval that is refused, for a revision that is not known yet, is none. */
  #answer(wave: string, who: string, isReject: boolean): void {
    const what = isReject ? { wave, decision: 'Reject', reason: 'no' } : { wave };
    const { problems } = this.#stage.hub.apply(approvalOf(this.#stage, `answer-${++this.#count}`, who, what));
    if (problems !== undefined && !formatProblems(problems).includes('revision'))
      throw new Error(formatProblems(problems));
  }

  #setHealth(image: string, isHealthy: boolean): void {
    for (const member of this.#stage.hub.members.values()) {
      const runs = [...member.store.index.all()].some((object) =>
        JSON.stringify(object.spec ?? {}).includes(`"${image}"`),
      );
      if (isHealthy || !runs) member.setImageHealth(image, isHealthy);
    }
  }
}
