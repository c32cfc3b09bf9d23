import { sayMs } from '../duration.ts';
import { judgeLine } from '../judge.ts';
import { at, heldSince, spans } from '../steps.ts';
import { type CompositeLine, nothing, type Timeline, type Told } from '../timeline.ts';

/** A status may be wrong for so long. */
const toldWithinMs = 60_000;

/** A cluster that nothing but its silence tells of is missed at the provider's next poll. */
const missedWithinMs = 600_000;

/** Finds statuses that called healthy for more than a minute what was not. */
export const healthTold = judgeLine((timeline, line) => {
  if (!timeline.isWatched) return [];
  const moments = [...momentsOf(timeline, line)].filter((moment) => moment <= timeline.endsAt).sort((a, b) => a - b);
  const claims = moments.map((moment) => ({ at: moment, value: overclaimAt(timeline, line, moment) }));
  const allowed = toldWithinMs + timeline.lagMs;
  return spans(claims, timeline.endsAt, (claim) => claim !== undefined)
    .filter(({ from, to }) => to - from > allowed)
    .map(({ from, to }) => ({
      at: from,
      promise: 'health is told within a minute',
      about: '',
      says: `for ${sayMs(to - from)} it called itself healthier than it was: ${at(claims, Math.min(to - 1, from + allowed))}`,
    }));
});

function momentsOf({ clusters, endsAt }: Timeline, { told, standing }: CompositeLine): ReadonlySet<number> {
  const lines = [...clusters.values()];
  const cuts = lines.flatMap(({ isCutOff }) => isCutOff.flatMap((step) => [step.at, step.at + missedWithinMs]));
  const others = [told, ...standing.values(), ...lines.map(({ profile }) => profile)].flatMap((steps) =>
    steps.map((step) => step.at),
  );
  return new Set([...cuts, ...others, endsAt]);
}

/** What a status claims beyond the truth at a moment, in words. */
function overclaimAt(timeline: Timeline, { told, standing }: CompositeLine, moment: number): string | undefined {
  const claim: Told | undefined = at(told, moment);
  const here = [...standing].filter(([, steps]) => (at(steps, moment) ?? nothing).content !== '');
  const sick = here.flatMap(([cluster, steps]) => {
    const why = whySick(timeline, cluster, at(steps, moment)?.isHealthy === true, moment);
    return why === undefined ? [] : [`${cluster} ${why}`];
  });
  if (claim === undefined || sick.length === 0) return undefined;
  const really = here.length - sick.length;
  if (claim.phase === 'Healthy') return `phase Healthy, but ${sick.join(', ')}`;
  if (claim.isReady) return `Ready, but ${sick.join(', ')}`;
  return claim.healthy > really
    ? `${claim.healthy} healthy clusters where ${really} were, for ${sick.join(', ')}`
    : undefined;
}

function whySick({ clusters }: Timeline, cluster: string, isHealthy: boolean, moment: number): string | undefined {
  const line = clusters.get(cluster);
  if (line !== undefined && at(line.profile, moment)?.isHealthy === false) return 'is unhealthy by its ClusterProfile';
  const cutOff = line && heldSince(line.isCutOff, moment, (value) => value);
  if (cutOff !== undefined && moment - cutOff >= missedWithinMs) return 'cannot be reached';
  return isHealthy ? undefined : 'is not healthy';
}
