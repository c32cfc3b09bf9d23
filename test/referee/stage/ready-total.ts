import type { Steps } from '../judging/steps.ts';
import { at } from '../judging/steps.ts';
import type { Stage } from './stage.ts';

/** Returns how many replicas of a workload of the stage's App were ready in all members together, over time. */
export function readyTotal({ observer }: Stage, workload = 'web'): Steps<number> {
  const app = observer.timeline().composites.find(({ kind }) => kind === 'App');
  const lines = [...(app?.standing.values() ?? [])];
  const moments = [...new Set(lines.flatMap((steps) => steps.map((step) => step.at)))].sort((a, b) => a - b);
  return moments.map((moment) => ({
    at: moment,
    value: lines.reduce((sum, steps) => sum + (at(steps, moment)?.ready[workload] ?? 0), 0),
  }));
}

/** Returns the fewest replicas of a workload that were ready in all members together at any moment since one. */
export function fewestReady(stage: Stage, since: number, workload = 'web'): number {
  const steps = readyTotal(stage, workload);
  const later = steps.filter((step) => step.at > since).map(({ value }) => value);
  return Math.min(at(steps, since) ?? 0, ...later);
}

/** Returns the replicas that members want of a workload of the stage's App now, by cluster; those that run nothing are left out. */
export function replicasNow({ observer }: Stage, workload = 'web'): { readonly [cluster: string]: number } {
  const app = observer.timeline().composites.find(({ kind }) => kind === 'App');
  return Object.fromEntries(
    [...(app?.standing ?? [])]
      .flatMap(([cluster, steps]): [string, number][] => {
        const count = steps.at(-1)?.value.replicas[workload];
        return count === undefined ? [] : [[cluster, count]];
      })
      .sort(),
  );
}
