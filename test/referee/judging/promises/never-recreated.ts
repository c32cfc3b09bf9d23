import type { Finding } from '../finding.ts';
import { judgeLine } from '../judge.ts';
import { oneChangeMs } from '../requests.ts';
import type { CompositeLine, Timeline } from '../timeline.ts';

/** How long a cluster stays a member after it has stopped matching, and may take to go. */
const leavesWithinMs = 600_000;

/** Finds objects that were deleted and made anew although nobody had asked for another content or another place. */
export const neverRecreated = judgeLine((timeline, line) =>
  [...line.standing].flatMap(([cluster, steps]): Finding[] => {
    const last = new Map<string, { readonly uid: string; readonly seenAt: number }>();
    return steps.flatMap(({ at, value }) =>
      Object.entries(value.objects).flatMap(([object, uid]): Finding[] => {
        const before = last.get(object);
        last.set(object, { uid, seenAt: at });
        for (const [name, each] of last) if (name in value.objects) last.set(name, { ...each, seenAt: at });
        if (before === undefined || before.uid === uid || isAsked(timeline, line, cluster, before.seenAt, at))
          return [];
        const says = `${object} in ${cluster} was deleted and made anew`;
        return [{ at, promise: 'no object is recreated', about: '', says }];
      }),
    );
  }),
);

/** Tells whether something that people did before an object came anew may have taken it away and brought it back. */
function isAsked(timeline: Timeline, line: CompositeLine, cluster: string, from: number, to: number): boolean {
  const span = (moment: number) => moment >= from - leavesWithinMs - oneChangeMs && moment <= to;
  const profile = timeline.clusters.get(cluster)?.profile ?? [];
  const wishes = timeline.composites.flatMap(({ wishes: each }) => (each === line.wishes ? each : [])).slice(1);
  return wishes.some(({ at }) => span(at)) || profile.slice(1).some(({ at }) => span(at));
}
