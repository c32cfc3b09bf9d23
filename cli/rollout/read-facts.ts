import { findCondition } from '../../functions/kube/object.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import { readRevision, shortRevision } from '../../functions/revision/revision-content.ts';
import { decide, findSelectorStep } from '../hub-reader/decide.ts';
import type { HubReader } from '../hub-reader/hub-reader.ts';
import { observeComposite } from '../hub-reader/observe-composite.ts';
import { whereaboutsOf } from '../whatif/whereabouts.ts';
import type { RolloutHub } from './rollout-hub.ts';
import type { Subject } from './subject.ts';

/** Returns the short hashes of the revisions of a composite that are kept, newest first. */
export async function keptRevisions(reader: HubReader, { composite }: Subject): Promise<readonly string[]> {
  const { kind, metadata } = composite;
  const found = await reader.list({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    labels: { 'crossply.dev/xr': metadata.name ?? '', 'crossply.dev/xr-kind': kind },
  });
  return found
    .flatMap((object) => readRevision(object) ?? [])
    .sort((a, b) => b.number - a.number)
    .map(({ name }) => shortRevision(name));
}

/** Returns the clusters that should be left and are held, all of them: the status lists no more than a few. The decision is made anew, by the function that makes it on the hub. */
export async function heldClusters(
  { reader, now }: Pick<RolloutHub, 'reader' | 'now'>,
  { composite }: Subject,
): Promise<Checked<readonly string[]>> {
  if (findCondition(composite, 'RemovalHeld')?.status !== 'True') return { value: [] };
  const step = await findSelectorStep(reader, composite);
  if (step.problems !== undefined) return step;
  const observed = await observeComposite(reader, composite);
  const decision = await decide(reader, step.value, observed, now());
  if (decision.problems !== undefined) return decision;
  const present = new Set(whereaboutsOf(composite, observed.resources).assigned.map(({ cluster }) => cluster));
  const leaving = decision.value.placement.verdicts.filter(({ verdict }) => verdict === 'Leaving');
  return {
    value: leaving
      .map(({ cluster }) => cluster)
      .filter((cluster) => present.has(cluster))
      .sort(),
  };
}
