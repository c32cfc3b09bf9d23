import { askedContent, fitsImages } from './asked-content.ts';
import { orderedJson } from './json-field.ts';
import { ancestors } from './policy.ts';
import type { Steps } from './steps.ts';
import type { CompositeLine, Timeline } from './timeline.ts';

/** A wish for other content, by whom it was made. */
export type Request = { readonly at: number; readonly spec: unknown; readonly editor?: string };

/** Changes of one cluster that lie closer together are one change, delivered object by object. */
export const oneChangeMs = 30_000;

/**
 * Returns when other content was asked for: by an edit of the composite itself, or by something else that it depends on (its
 * ComputeNamespace, its Tier, labels of clusters) after which a cluster that had its change got another.
 */
export function requestsOf(timeline: Timeline, line: CompositeLine): readonly Request[] {
  const own: Request[] = [];
  let before: string | undefined;
  for (const { at, value } of line.wishes) {
    if (value === undefined) continue;
    const content = askedContent(value.spec);
    if (content !== before)
      own.push({ at, spec: value.spec, ...(value.editor !== undefined && { editor: value.editor }) });
    before = content;
  }
  const first = own[0];
  if (first === undefined) return [];
  const others = causesElsewhere(timeline, line, first.at);
  const changes = changesOf(line);
  const more = others.flatMap((moment, index): Request[] => {
    const current = own.findLast((request) => request.at <= moment);
    const next = own.find((request) => request.at > moment)?.at ?? timeline.endsAt;
    const end = Math.min(next, others[index + 1] ?? timeline.endsAt);
    const again = changes.some(
      (change) =>
        change.at >= moment &&
        change.at <= end &&
        change.before !== undefined &&
        fitsImages(change.images, current?.spec) &&
        change.before >= (current?.at ?? 0),
    );
    return again && current !== undefined ? [{ ...current, at: moment }] : [];
  });
  return [...own, ...more].sort((a, b) => a.at - b.at);
}

type Change = { readonly at: number; readonly before: number | undefined; readonly images: readonly string[] };

/** Every change of content that is no part of the one before, with the time of that. */
function changesOf({ standing }: CompositeLine): readonly Change[] {
  return [...standing.values()].flatMap((steps) => {
    const moments = steps.filter(({ value }, index) => value.content !== (steps[index - 1]?.value.content ?? ''));
    return moments.flatMap(({ at, value: { images } }, index): Change[] => {
      const before = moments[index - 1]?.at;
      return before !== undefined && at - before < oneChangeMs ? [] : [{ at, before, images }];
    });
  });
}

function causesElsewhere(timeline: Timeline, line: CompositeLine, from: number): readonly number[] {
  const parents = ancestors(timeline, line, from).slice(1);
  const wishes = parents.flatMap((parent) => changedAt(parent.wishes, (wish) => askedContent(wish?.spec)));
  const labels = [...timeline.clusters.values()].flatMap(({ profile }) =>
    changedAt(profile, (each) => orderedJson(each?.labels)),
  );
  return [...new Set([...wishes, ...labels])].filter((moment) => moment > from).sort((a, b) => a - b);
}

function changedAt<T>(steps: Steps<T>, read: (value: T) => string): readonly number[] {
  return steps.flatMap(({ at, value }, index) => {
    const before = steps[index - 1];
    return before === undefined || read(before.value) === read(value) ? [] : [at];
  });
}
