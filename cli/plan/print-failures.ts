import { shorten } from '../../functions/kube/shorten.ts';
import { formatSeconds } from '../output/table.ts';
import type { PlannedComposite, PlannedPlacement } from './plan.ts';

/** Most clusters of which is told what is in the way, and how much of it. */
const mostObstacles = 10;
const messageWidth = 300;

/** Returns the clusters that did not get healthy with what they were given, a row each, with what their objects said; of one cluster alone when it is named. */
export function failureRows(
  { failures }: Pick<PlannedComposite, 'failures'>,
  only: string | undefined,
): readonly (readonly string[])[] {
  const own = failures.filter(({ cluster }) => only === undefined || cluster === only);
  const rows = own.map(({ seconds, cluster, revision, phase, message }) => [
    ...[`+${formatSeconds(seconds)}`, cluster, `revision ${revision}`, phase],
    shorten(message, messageWidth),
  ]);
  return bounded(rows);
}

/** Returns the clusters on which something is in the way, a row each; what is told among the failures is not told again. */
export function obstacleRows(
  { failures }: Pick<PlannedComposite, 'failures'>,
  placements: readonly PlannedPlacement[],
): readonly (readonly string[])[] {
  const failed = new Set(failures.map(({ cluster, revision }) => `${cluster} ${revision}`));
  const rows = placements.flatMap(({ cluster, revision, phase, message }) =>
    message === undefined || failed.has(`${cluster} ${revision}`)
      ? []
      : [[cluster, phase, shorten(message, messageWidth)]],
  );
  return bounded(rows);
}

function bounded(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const more = rows.length - mostObstacles;
  return more > 0 ? [...rows.slice(0, mostObstacles), [`and ${more} more`]] : rows;
}
