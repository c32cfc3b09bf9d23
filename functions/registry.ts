import { app } from './app/function.ts';
import { clusterSelector } from './cluster-selector/function.ts';
import { clusterSet } from './cluster-set/function.ts';
import { computeNamespace } from './compute-namespace/function.ts';
import { delivery } from './delivery/function.ts';
import { fanOut } from './fan-out/function.ts';
import { report } from './report/function.ts';
import type { CompositionFunction } from './runtime/composition-function.ts';
import { tier } from './tier/function.ts';

const functions: readonly CompositionFunction[] = [
  clusterSet,
  clusterSelector,
  app,
  computeNamespace,
  tier,
  fanOut,
  delivery,
  report,
];

/** Every composition function of this package by the `kind` of its step input. */
export const registry: ReadonlyMap<string, CompositionFunction> = new Map(functions.map((each) => [each.kind, each]));
