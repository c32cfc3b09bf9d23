import type { PlacementContext } from '../cluster-selector/placement-context.ts';
import { sortMembers } from '../clusters/cluster-facts.ts';
import { healthRules } from '../health/health-rules.ts';
import { teamRules } from '../health/team-rules.ts';
import type { KubeObject } from '../kube/object.ts';
import { readRenderContext } from '../revision/render-context.ts';
import { type Owner, readRevision } from '../revision/revision-content.ts';
import type { FunctionRequest, Instant } from '../runtime/composition-function.ts';
import { judgeByInventory } from '../slices/judge-by-inventory.ts';
import { observedSlices } from '../slices/observed-slices.ts';
import { withKeys } from './cluster-keys.ts';
import { readApprovals, readBrakes } from './read-gates.ts';
import type { Settings } from './read-settings.ts';
import { letGoAnnotation } from './record/choose-direction.ts';
import type { RolloutFacts } from './rollout-facts.ts';
import type { Taken } from './take-manifests.ts';

/** The annotation of a composite that says who changed it last. */
export const lastEditorAnnotation = 'crossply.dev/last-editor';

/** Longest user name that is remembered, and that an Approval may have. */
const maxUserName = 253;

/** Returns all that a rollout is decided from, out of what core sent with the call. */
export function readFacts(
  { context, observed: { composite, resources }, required }: FunctionRequest,
  decision: PlacementContext,
  { boundary, overrides, rollout, floors, freeze }: Settings,
  taken: Taken,
  now: Instant,
): RolloutFacts {
  const { metadata } = composite;
  const render = readRenderContext(context);
  const acceptedRenderer = metadata.annotations?.['crossply.dev/accept-renderer'];
  const lastEditor = metadata.annotations?.[lastEditorAnnotation]?.slice(0, maxUserName);
  const letGo = metadata.annotations?.[letGoAnnotation];
  const { tier, addresses, health = [], missing } = decision;
  const slices = observedSlices(resources, addresses)
    .map((slice) => judgeByInventory(slice, health))
    .map((slice) => (missing === undefined ? slice : { ...slice, missing }));
  const gates = {
    composite,
    ...(tier !== undefined && { tier }),
    ...(freeze !== undefined && { freeze }),
    ...(rollout.paused !== undefined && { paused: rollout.paused }),
  };
  return {
    owner: ownerOf(composite),
    placement: withKeys(
      decision.placement,
      slices.flatMap(({ entries }) => entries),
    ),
    templates: taken.templates,
    renderProblems: [...render.problems, ...taken.problems],
    ...{ overrides, rollout, floors, boundary },
    health: healthRules(teamRules(decision.policy?.health)),
    ...(letGo !== undefined && { letGo }),
    ...(render.notes !== undefined && { renderNotes: render.notes }),
    ...(render.renderer !== undefined && { renderer: render.renderer }),
    ...(acceptedRenderer !== undefined && { acceptedRenderer }),
    environment: {
      app: {
        name: metadata.name ?? '',
        namespace: metadata.namespace ?? '',
        labels: sortMembers(metadata.labels ?? {}),
      },
      tier: tier ?? { name: '', namespace: '', platform: '' },
      namespace: decision.namespace ?? (boundary.scope === 'Namespace' ? boundary.namespace : ''),
    },
    slices,
    revisions: [...resources.values()].flatMap((object) => readRevision(object) ?? []),
    madeAt: creationTimes(resources),
    brakes: readBrakes(gates, required, now),
    approvals: readApprovals(required, composite),
    ...(lastEditor !== undefined && { lastEditor }),
  };
}

function ownerOf({ apiVersion, kind, metadata }: KubeObject): Owner {
  return { apiVersion, kind, name: metadata.name ?? '' };
}

/** When composed objects were made, by name. */
function creationTimes(resources: ReadonlyMap<string, KubeObject>): ReadonlyMap<string, Instant> {
  return new Map(
    [...resources.values()].flatMap(({ metadata: { name, creationTimestamp } }): [string, Instant][] =>
      name === undefined || creationTimestamp === undefined ? [] : [[name, Date.parse(creationTimestamp)]],
    ),
  );
}
