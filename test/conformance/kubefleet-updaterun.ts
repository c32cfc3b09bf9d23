import { timeCluster, viewCluster } from '../../functions/fan-out/gate/cluster-view.ts';
import { compareEntry } from '../../functions/fan-out/gate/compare-entry.ts';
import { resolveRollout } from '../../functions/fan-out/policy/rollout-policy.ts';
import { compositeSchemas } from '../../functions/generated/schemas.ts';
import type { Assignment, AssignmentStatus } from '../../functions/generated/types.ts';
import { resolveIntOrPercent } from '../../functions/kube/int-or-percent.ts';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import { validate } from '../../functions/kube/structural-schema.ts';
import { agreeOn } from './agree-on.ts';
import type { Family } from './family.ts';
import { lookedAt, placedAt, target } from './gate-input.ts';

type Content = {
  readonly snapshot: string;
  readonly overrides: readonly string[];
  readonly clusterOverrides: readonly string[];
  readonly applyStrategy: string | null;
};
type Condition = { readonly type: string; readonly status: string; readonly reason: string };
type Question =
  | { op: 'clusterResult'; conditions: readonly Condition[]; stillWorkingReasons: readonly string[] }
  | { op: 'maxConcurrency'; value: number | string; clusters: number }
  | { op: 'synced'; binding: Content; wanted: Content }
  | { op: 'beforeTasks' | 'afterTasks'; tasks: readonly Task[] };
type Task = { readonly type: 'Approval' | 'TimedWait'; readonly waitSeconds: number | null };
type Foreign = { op: 'stageStatus' | 'deleteStage' | 'stopDelete' };

/** How far a cluster is, whether it has what it should, and how many go at once. */
export const kubefleetUpdaterun: Family = {
  name: 'kubefleet-updaterun',
  answer: (input) => answer(input as unknown as Question),
  agrees: agreeOn(),
  unmapped: (input) => unmapped(input as unknown as Question | Foreign),
};

function answer(question: Question): Json {
  switch (question.op) {
    case 'clusterResult': {
      const standing = standingOf(phaseOf(question.conditions, question.stillWorkingReasons));
      return standing === 'Failed' ? { error: true } : { succeeded: standing === 'Done' };
    }
    case 'maxConcurrency': {
      const { value } = resolveIntOrPercent(question.value, question.clusters, 'down');
      return value === undefined ? { error: true } : { n: Math.max(1, value) };
    }
    case 'synced': {
      const entry = placedAt({ cluster: 'c', revision: target, phase: 'Healthy', since: 0 });
      const names = [...namesIn(question.binding), ...namesIn(question.wanted)];
      const contentOf = (content: Content): Assignment => ({
        ...entry.assignment,
        revision: content.snapshot,
        overrides: namesIn(content).map((name) => names.indexOf(name)),
      });
      const has = { ...entry, assignment: contentOf(question.binding) };
      return { synced: compareEntry(has, contentOf(question.wanted)) === 'Same' };
    }
    case 'beforeTasks':
      return { valid: isValid([Object.assign({ name: 'stage' }, ...question.tasks.map(wordFor))]) };
    case 'afterTasks': {
      const soak = question.tasks.find(({ type }) => type === 'TimedWait')?.waitSeconds ?? 0;
      const approvals = question.tasks.filter(({ type }) => type === 'Approval').map(wordFor);
      return { valid: isValid([{ name: 'stage', soak: `${soak}s` }, Object.assign({ name: 'next' }, ...approvals)]) };
    }
  }
}

/** What a task before a stage would be as a field of a wave: there is none that waits before it. */
function wordFor({ type, waitSeconds }: Task): JsonObject {
  const wait = waitSeconds === null ? {} : { wait: `${waitSeconds}s` };
  return type === 'Approval' ? { approval: wait } : wait;
}

/** Tells whether the API server would take an App with these waves. */
function isValid(waves: readonly JsonObject[]): boolean {
  const schema = compositeSchemas['App'];
  if (schema === undefined) throw new Error('there is no schema of an App');
  return validate(schema, { computeNamespace: 'live', rollout: { waves } }, 'spec').length === 0;
}

/** A refusal lasts: it has been reported for an hour. */
function standingOf(phase: AssignmentStatus['phase']): string {
  const policy = resolveRollout({ deadline: '2h' }, 'rollout').value;
  const wave = policy?.waves[0];
  if (policy === undefined || wave === undefined) throw new Error('there is no wave');
  const entry = placedAt({ cluster: 'c', revision: target, phase, since: -3600 });
  return timeCluster(
    viewCluster('c', entry.assignment, entry, { blocked: new Map(), paused: new Map() }, policy),
    wave,
    lookedAt,
  ).standing;
}

function phaseOf(conditions: readonly Condition[], stillWorking: readonly string[]): AssignmentStatus['phase'] {
  const isWell = conditions.some(
    ({ type, status }) => ['Available', 'DiffReported'].includes(type) && status === 'True',
  );
  if (isWell) return 'Healthy';
  const isRefused = conditions.some(({ status, reason }) => status === 'False' && !stillWorking.includes(reason));
  return isRefused ? 'Failed' : 'Applying';
}

function namesIn({ overrides, clusterOverrides }: Content): readonly string[] {
  return [...overrides.map((name) => `namespaced ${name}`), ...clusterOverrides.map((name) => `cluster ${name}`)];
}

function unmapped(question: Question | Foreign): string | undefined {
  switch (question.op) {
    case 'stageStatus':
      return 'how far a wave is follows from its clusters; there is no book of stages that could be wrong';
    case 'deleteStage':
    case 'stopDelete':
      return 'clusters leave when placement no longer wants them, under a guard of their own, not in a last stage';
    case 'synced':
      return question.binding.applyStrategy === question.wanted.applyStrategy
        ? undefined
        : 'there is one way to apply: server-side';
    default:
      return undefined;
  }
}
