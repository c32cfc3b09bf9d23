import type { KubeObject } from '../../functions/kube/object.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { crossplyApiVersion } from '../../functions/runtime/validate-request.ts';
import { findComposition } from '../hub-reader/decide.ts';
import type { HubReader } from '../hub-reader/hub-reader.ts';
import { observeComposite } from '../hub-reader/observe-composite.ts';
import { placedKinds, selectorStep, stepOfKind } from '../hub-reader/placed-kinds.ts';
import type { Changes } from './changes.ts';
import { type CompositeMove, compare } from './compare.ts';
import { imagineSets } from './imagine-sets.ts';
import { ImaginedHub } from './imagined-hub.ts';
import { asOld } from './imagined-set.ts';
import { type PlacedComposite, type PlayedOut, playOut } from './play-out.ts';
import { whereaboutsOf } from './whereabouts.ts';

/** What changes would lead to. */
export interface TriedOut {
  /** Every composite that is placed, whether it moves or not. */
  readonly composites: readonly CompositeMove[];
  /** Whether what is told is the end. */
  readonly isSettled: boolean;
}

/** Returns what changes would lead to on a hub, or what is wrong with them. */
export async function tryOut(reader: HubReader, changes: Changes, now: Instant): Promise<Checked<TriedOut>> {
  const sets = (await reader.list({ apiVersion: crossplyApiVersion, kind: 'ClusterSet' })).map(asOld);
  const changed = imagineSets(sets, changes, now);
  if (changed.problems !== undefined) return changed;
  const composites = await placedComposites(reader);
  const play = (clusterSets: readonly KubeObject[]): Promise<PlayedOut> =>
    playOut(new ImaginedHub(reader, clusterSets), composites, now);
  const without = await play(sets);
  const after = await play(changed.value);
  const moves = composites.flatMap((each, index) => {
    const [end, otherEnd] = [after.composites[index], without.composites[index]];
    return end === undefined || otherEnd === undefined ? [] : [compare(each, end, otherEnd)];
  });
  return { value: { composites: moves, isSettled: after.isSettled } };
}

/** One that Crossplane has not processed yet is nowhere, and has no placement to decide. */
async function placedComposites(reader: HubReader): Promise<readonly PlacedComposite[]> {
  const kinds = await placedKinds(reader);
  // All at once: a reader that remembers then need not ask for thousands of slices one by one.
  await reader.list({ apiVersion: crossplyApiVersion, kind: 'AssignmentSlice' });
  const lists = await Promise.all(kinds.map((kind) => reader.list(kind)));
  const found = await Promise.all(
    lists.flat().map(async (composite): Promise<PlacedComposite | undefined> => {
      const composition = await findComposition(reader, composite);
      const step = composition.value && selectorStep(composition.value);
      if (step === undefined || composite.metadata.deletionTimestamp !== undefined) return undefined;
      const fanOut = composition.value && stepOfKind(composition.value, 'FanOut');
      const { resources } = await observeComposite(reader, composite);
      const start = whereaboutsOf(composite, resources);
      return { composite, step, start, ...(fanOut !== undefined && { fanOut }) };
    }),
  );
  return found.filter((each) => each !== undefined);
}
