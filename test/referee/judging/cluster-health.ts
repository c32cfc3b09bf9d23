import { fitsImages } from './asked-content.ts';
import { listAt } from './json-field.ts';
import type { Rollout } from './rollout.ts';
import { at, heldSince } from './steps.ts';
import { nothing, type Standing } from './timeline.ts';

/** Returns when a cluster began what a rollout brings; undefined when it never did. */
export function begunAt({ begins, joins }: Rollout, cluster: string): number | undefined {
  return [...begins, ...joins].find((begin) => begin.cluster === cluster)?.at;
}

/** Tells whether a cluster had what a rollout brings before it was asked for: it fits and never changes. */
export function hadItBefore(rollout: Rollout, cluster: string, moment: number): boolean {
  const { content, images } = standingAt(rollout, cluster, moment);
  return content !== '' && begunAt(rollout, cluster) === undefined && fitsImages(images, rollout.request.spec);
}

/** Returns since when, at a moment, a cluster has been healthy with all that a rollout brings; undefined when it is not. */
export function healthySince(rollout: Rollout, cluster: string, moment: number): number | undefined {
  const begin = [...rollout.begins, ...rollout.joins].find((each) => each.cluster === cluster);
  if (begin === undefined && !hadItBefore(rollout, cluster, moment)) return undefined;
  const settledAt = begin?.settledAt ?? rollout.at;
  if (moment < settledAt) return undefined;
  const steps = rollout.line.standing.get(cluster) ?? [];
  const since = heldSince(steps, moment, isWell);
  return since === undefined ? undefined : begin === undefined ? since : Math.max(since, settledAt);
}

/** Tells whether a cluster was healthy with what a rollout brings at some moment of a span. */
export function wasHealthyWithin(rollout: Rollout, cluster: string, from: number, to: number): boolean {
  const steps = rollout.line.standing.get(cluster) ?? [];
  const moments = [from, to, ...steps.map((step) => step.at).filter((each) => each > from && each < to)];
  return moments.some((moment) => healthySince(rollout, cluster, moment) !== undefined);
}

/** Tells whether a cluster has failed with what a rollout brings: it began, and has not been healthy for a deadline. */
export function hasFailed(rollout: Rollout, cluster: string, deadlineMs: number, moment: number): boolean {
  const begun = begunAt(rollout, cluster);
  if (begun === undefined || moment - begun < deadlineMs) return false;
  return !wasHealthyWithin(rollout, cluster, Math.max(begun, moment - deadlineMs), moment);
}

/** Tells whether a composite no longer wanted to be in a cluster at a moment. */
export function isUnwanted({ line }: Rollout, cluster: string, moment: number): boolean {
  return listAt(at(line.wishes, moment)?.spec, 'placement', 'excludedClusterNames').includes(cluster);
}

/** Returns what stands of a rollout's composite in a cluster at a moment. */
export function standingAt({ line }: Rollout, cluster: string, moment: number): Standing {
  return at(line.standing.get(cluster) ?? [], moment) ?? nothing;
}

function isWell({ content, isHealthy }: Standing): boolean {
  return content !== '' && isHealthy;
}
