import type { PlannedComposite } from './plan.ts';

/** Returns every wave as a row, where one of them has something to say that no move tells: it has no clusters, waits, or has failures. */
export function waveRows(waves: PlannedComposite['waves']): readonly (readonly string[])[] {
  const isTelling = waves.some(
    ({ clusters, failed, message }) => clusters === 0 || failed > 0 || message !== undefined,
  );
  if (!isTelling) return [];
  return waves.map(({ name, state, clusters, healthy, failed, message }) => [
    ...[name, state, `${healthy} of ${clusters} healthy${failed > 0 ? `, ${failed} failed` : ''}`],
    message ?? (clusters === 0 ? 'no cluster is in it' : ''),
  ]);
}
