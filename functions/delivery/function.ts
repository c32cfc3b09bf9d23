import type { Assignment, AssignmentSliceSpec, AssignmentSliceStatus } from '../generated/types.ts';
import { healthRules } from '../health/health-rules.ts';
import { teamRules } from '../health/team-rules.ts';
import { isJsonObject, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { compileRevision } from '../revision/compile-revision.ts';
import { readRevision } from '../revision/revision-content.ts';
import type { CompositionFunction, FunctionRequest, ResourceSelector } from '../runtime/composition-function.ts';
import { timeToLive } from '../runtime/time-to-live.ts';
import { newestRecord } from '../slices/newest-record.ts';
import { entryKey } from '../slices/placed-assignment.ts';
import { objectLabels, type SliceIdentity, sliceLabels } from './cluster-objects.ts';
import { deliver } from './deliver.ts';
import { entryOf, observedObjects } from './observed-objects.ts';
import { isStillMoving, summariseClusters } from './slice-summary.ts';

/** Turns the assignments of a slice into provider-kubernetes Objects, and says per cluster how they fare. */
export const delivery: CompositionFunction = {
  kind: 'Delivery',
  run({ observed, required }, { now }) {
    const { metadata, spec, status } = observed.composite;
    const { owner, assignments = [], unhealthy = [], rollout, health } = (spec ?? {}) as AssignmentSliceSpec;
    const slice: SliceIdentity = { owner, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
    const before = (isJsonObject(status) ? status : {}) as AssignmentSliceStatus;
    const record = newestRecord([rollout, before.rollout]);
    const {
      resources,
      report,
      nextDecisionAt: nextGate,
    } = deliver({
      slice,
      assignments,
      revisions: givenRevisions(required),
      observed: observedObjects(observed.resources),
      remaining: remainingObjects(assignments, required),
      unhealthy,
      reported: before.assignments ?? [],
      rules: healthRules(teamRules(health)),
      now,
    });
    const objects: Iterable<KubeObject> = [observed.composite, ...observed.resources.values()];
    return {
      resources,
      requirements: requirementsOf(assignments, slice),
      status: {
        ...{ assignments: report, clusters: summariseClusters(report) },
        ...(record !== undefined && { rollout: record as JsonObject }),
      },
      ready: report.every(({ phase }) => phase === 'Healthy'),
      ttlSeconds: timeToLive({
        ...{ now, isConverging: isStillMoving(report, unhealthy, now), objects },
        ...(nextGate !== undefined && { nextGate }),
      }),
    };
  },
};

const revisionPrefix = 'revision/';
const leavingPrefix = 'leaving/';

/**
 * The Revisions that assignments use, by name; and the Objects of every leaving cluster, by label, until none is left. Those
 * of a cluster that had another name may still carry that, so all of the slice are looked through.
 */
function requirementsOf(
  assignments: readonly Assignment[],
  slice: SliceIdentity,
): { [name: string]: ResourceSelector } {
  const { namespace } = slice;
  const requirements: { [name: string]: ResourceSelector } = {};
  for (const assignment of assignments) {
    const { key, revision, state } = assignment;
    if (state === 'Leaving') {
      const match = { labels: key === undefined ? objectLabels(assignment, slice) : sliceLabels(slice) };
      requirements[`${leavingPrefix}${entryKey(assignment)}`] = {
        apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
        kind: 'Object',
        namespace,
        match,
      };
    } else if (revision !== '') {
      requirements[`${revisionPrefix}${revision}`] = {
        apiVersion: 'apps/v1',
        kind: 'ControllerRevision',
        namespace,
        match: { name: revision },
      };
    }
  }
  return requirements;
}

function givenRevisions(required: FunctionRequest['required']) {
  const revisions = [...required].flatMap(([name, items]) =>
    name.startsWith(revisionPrefix) ? items.flatMap((item) => readRevision(item) ?? []) : [],
  );
  return new Map(revisions.map(({ name, content }) => [name, compileRevision(content)]));
}

function remainingObjects(
  assignments: readonly Assignment[],
  required: FunctionRequest['required'],
): ReadonlyMap<string, number> {
  return new Map(
    assignments.map(entryKey).flatMap((key): [string, number][] => {
      const objects = required.get(`${leavingPrefix}${key}`);
      return objects === undefined ? [] : [[key, objects.filter((object) => entryOf(object) === key).length]];
    }),
  );
}
