import type { Taint } from '../../clusters/taints.ts';
import type { ScoreCandidate } from './score-plugin.ts';

type Properties = { readonly [name: string]: string };

/** Returns a candidate for a test: named, labelled with its own name, with properties and taints. */
export function sampleCandidate(
  name: string,
  properties: Properties = {},
  taints: readonly Taint[] = [],
): ScoreCandidate {
  return { facts: { name, labels: { name }, properties, version: '', set: 'prod' }, taints };
}
