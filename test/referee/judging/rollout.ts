import { fitsImages } from './asked-content.ts';
import { decidedFrom, isAway } from './reach.ts';
import { oneChangeMs, type Request, requestsOf } from './requests.ts';
import { at, during } from './steps.ts';
import { type CompositeLine, nothing, type Timeline } from './timeline.ts';

/** A cluster that shows what was asked for, for the first time in a rollout. */
export type Begin = {
  readonly cluster: string;
  readonly at: number;
  /** The earliest moment at which that may have been decided. */
  readonly decidedFrom: number;
  /** When the last of its objects had changed. */
  readonly settledAt: number;
};

/** The way of one wish for content to the clusters. */
export type Rollout = {
  readonly line: CompositeLine;
  readonly request: Request;
  readonly at: number;
  /** When other content was asked for, or the end of the timeline. */
  readonly until: number;
  /** Whether nothing stood anywhere when it began. */
  readonly isFirst: boolean;
  /** Clusters that had other content, or that are among the first to get any; in the order of beginning. */
  readonly begins: readonly Begin[];
  /** Clusters that came later. */
  readonly joins: readonly Begin[];
  /** Clusters that went back to what had been asked for earlier. */
  readonly backs: readonly Begin[];
};

type Change = Begin & { readonly from: string; readonly request: Request; readonly isBack: boolean };

/** Returns the rollouts of a composite, in order of time. */
export function rolloutsOf(timeline: Timeline, line: CompositeLine): readonly Rollout[] {
  const requests = requestsOf(timeline, line);
  const changes = [...line.standing.keys()].flatMap((cluster) => changesIn(timeline, line, cluster, requests));
  return requests.map((request, index): Rollout => {
    const until = requests[index + 1]?.at ?? timeline.endsAt;
    const isFirst = [...line.standing.values()].every((steps) => (at(steps, request.at) ?? nothing).content === '');
    const isLate = (change: Change) =>
      change.from === '' &&
      !(isFirst && isKnownSince(timeline, line, change, request.at)) &&
      !(index > 0 && hasWaitedSince(timeline, line, change, requests[0]?.at ?? request.at));
    const own = firstOfEach(changes.filter((change) => change.request === request && !change.isBack));
    const [begins, joins] = [own.filter((change) => !isLate(change)), own.filter(isLate)];
    const backs = changes.filter(
      (change) => change.isBack && change.from !== '' && change.at >= request.at && change.at < until,
    );
    return {
      line,
      request,
      at: request.at,
      until,
      isFirst,
      begins: inTime(begins),
      joins: inTime(joins),
      backs: inTime(backs),
    };
  });
}

/** A cluster is among the first when it was there, healthy and chosen from the beginning. */
function isKnownSince(timeline: Timeline, line: CompositeLine, change: Change, since: number): boolean {
  const profile = timeline.clusters.get(change.cluster)?.profile ?? [];
  const isThere = at(profile, since) !== undefined || profile.length === 0;
  const placements = during(line.wishes, since, change.at).map(({ value }) =>
    JSON.stringify((value?.spec as { placement?: unknown })?.placement),
  );
  return isThere && new Set(placements).size <= 1 && !isAway(timeline, change.cluster, since);
}

/** A cluster that was to have the first content, which never got everywhere, is not late when it gets what came after that. */
function hasWaitedSince(timeline: Timeline, line: CompositeLine, change: Change, since: number): boolean {
  const earlier = during(line.standing.get(change.cluster) ?? [], since, change.at - 1);
  const wasComplete = during(line.told, since, change.at).some(({ value }) => value.phase === 'Healthy');
  return (
    !wasComplete && earlier.every(({ value }) => value.content === '') && isKnownSince(timeline, line, change, since)
  );
}

function firstOfEach(changes: readonly Change[]): readonly Change[] {
  return inTime(changes).filter(
    (change, index, all) => all.findIndex(({ cluster }) => cluster === change.cluster) === index,
  );
}

function inTime<T extends Begin>(changes: readonly T[]): readonly T[] {
  return [...changes].sort((a, b) => a.at - b.at || (a.cluster < b.cluster ? -1 : 1));
}

/** A change goes on, object by object, unless people did something meanwhile that may be another one. */
function isOneChange(
  { clusters }: Timeline,
  { wishes }: CompositeLine,
  { cluster, settledAt }: Change,
  moment: number,
) {
  const isBetween = (step: { readonly at: number }) => step.at > settledAt && step.at <= moment;
  const isTouched = [...wishes, ...(clusters.get(cluster)?.profile ?? [])].some(isBetween);
  return moment - settledAt < oneChangeMs && !isTouched;
}

/** Every change of content of one cluster, with the newest request that it fits. */
function changesIn(
  timeline: Timeline,
  line: CompositeLine,
  cluster: string,
  requests: readonly Request[],
): readonly Change[] {
  const found: Change[] = [];
  let [content, last]: [string, Change | undefined] = ['', undefined];
  for (const step of line.standing.get(cluster) ?? []) {
    if (step.value.content === content) continue;
    const before = content;
    content = step.value.content;
    if (content === '') {
      last = undefined;
      continue;
    }
    const decided = decidedFrom(timeline, cluster, step.at);
    const past = requests.filter((request) => request.at <= step.at);
    const request = past.findLast(({ spec }) => fitsImages(step.value.images, spec)) ?? past.at(-1);
    if (request === undefined) continue;
    const next = requests[requests.indexOf(request) + 1];
    if (last !== undefined && last.request === request && isOneChange(timeline, line, last, step.at)) {
      const longer: Change = { ...last, settledAt: step.at };
      found[found.indexOf(last)] = longer;
      last = longer;
      continue;
    }
    const isBack = next !== undefined && next.at < decided;
    last = { cluster, at: step.at, decidedFrom: decided, settledAt: step.at, from: before, request, isBack };
    found.push(last);
  }
  return found;
}
