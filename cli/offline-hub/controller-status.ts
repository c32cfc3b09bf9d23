import { ownRules } from '../../functions/health/health-rules.ts';
import { hasOwnHealth } from '../../functions/health/judge-health.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import { groupOf, type KubeObject } from '../../functions/kube/object.ts';
import { evaluateReadiness } from './cel-readiness.ts';

/** Kinds of the core group that live without a health of their own and still have a status. */
const alwaysTold: ReadonlySet<string> = new Set(['Namespace', 'PodDisruptionBudget']);

/** Returns the status that the controller or operator of a kind would write in the end, when all goes well; undefined for kinds that have none, or that nobody has described. */
export function controllerStatus(object: KubeObject): JsonObject | undefined {
  const rule = ownRules.ruleOf(object);
  if (rule.healthyStatus === undefined || !(alwaysTold.has(object.kind) || hasOwnHealth(object, rule)))
    return undefined;
  const isCore = groupOf(object.apiVersion) === '';
  return { ...(!isCore && { observedGeneration: object.metadata.generation ?? 1 }), ...rule.healthyStatus(object) };
}

const words = [
  'Ready',
  'Running',
  'Available',
  'Active',
  'Healthy',
  'Succeeded',
  'Completed',
  'Complete',
  'Bound',
  'OK',
];
const fields = ['phase', 'state', 'status', 'health'];

/** Returns a usual status that a readiness query is content with, for a kind of which nothing but its query is known; undefined when none is. */
export function guessedStatus(object: KubeObject, query: string): JsonObject | undefined {
  const types = ['Ready', 'Available', 'Healthy', 'Synced', 'Complete', 'Succeeded'];
  const conditions = types.map((type) => ({ type, status: 'True', reason: 'Simulated' }));
  const phases = words.flatMap((word) => [word, word.toLowerCase()]);
  const candidates: readonly JsonObject[] = [
    { conditions },
    ...fields.flatMap((field) => phases.map((phase) => ({ conditions, [field]: phase }))),
    { conditions, ready: true, available: true, healthy: true },
  ];
  return candidates.find((status) => evaluateReadiness(query, { ...object, status }).isReady);
}
