import { readPlacementContext } from '../cluster-selector/placement-context.ts';
import { sortMembers } from '../clusters/cluster-facts.ts';
import type { KubeObject } from '../kube/object.ts';
import { formatProblems } from '../kube/problem.ts';
import { readRenderContext } from '../revision/render-context.ts';
import { type Owner, readRevision, revisionObject } from '../revision/revision-content.ts';
import type { CompositionFunction, DesiredResource } from '../runtime/composition-function.ts';
import { timeToLive } from '../runtime/time-to-live.ts';
import { observedSlices } from '../slices/observed-slices.ts';
import { isConverging, nextLook } from './converging.ts';
import { deletionProtection, protectionKey } from './deletion-protection.ts';
import { planRollout } from './plan-rollout.ts';
import { type FanOutSettings, readSettings } from './read-settings.ts';
import { rolloutConditions } from './rollout-conditions.ts';
import { rolloutStatus } from './rollout-status.ts';
import { isReady, sliceObject } from './slice-object.ts';
import { takeManifests } from './take-manifests.ts';

/** Turns manifests and a placement into one immutable Revision and the slices that assign clusters to it, as fast as the gate allows. */
export const fanOut: CompositionFunction = {
  kind: 'FanOut',
  run({ input, context, observed, desired }, { now }) {
    const decision = readPlacementContext(context);
    if (decision === undefined) {
      return {
        fatal: `FanOut found no placement in the context; put a step with input kind ClusterSelector before it`,
      };
    }
    const settings = readSettings((input['spec'] ?? {}) as FanOutSettings, observed.composite, decision);
    if (settings.problems !== undefined) return { fatal: formatProblems(settings.problems) };
    const { boundary, overrides, rollout, isProtected } = settings.value;
    const owner = ownerOf(observed.composite);
    const slices = observedSlices(observed.resources);
    const current = slices.flatMap(({ entries }) => entries);
    const taken = takeManifests(desired.resources, boundary.scope === 'Namespace' ? boundary.namespace : undefined);
    const render = readRenderContext(context);
    const acceptedRenderer = observed.composite.metadata.annotations?.['crossply.dev/accept-renderer'];
    const plan = planRollout({
      owner,
      placement: decision.placement,
      templates: taken.templates,
      renderProblems: [...render.problems, ...taken.problems],
      overrides,
      ...(render.renderer !== undefined && { renderer: render.renderer }),
      ...(acceptedRenderer !== undefined && { acceptedRenderer }),
      rollout,
      boundary,
      environment: {
        app: {
          name: owner.name,
          namespace: observed.composite.metadata.namespace ?? '',
          labels: sortMembers(observed.composite.metadata.labels ?? {}),
        },
        tier: decision.tier ?? { name: '', namespace: '', platform: '' },
        namespace: decision.namespace ?? (boundary.scope === 'Namespace' ? boundary.namespace : ''),
      },
      slices,
      revisions: [...observed.resources.values()].flatMap((object) => readRevision(object) ?? []),
    });
    const resources = new Map<string, DesiredResource>(taken.hub);
    for (const revision of plan.revisions) {
      resources.set(`revision/${revision.name}`, { resource: revisionObject(owner, revision), ready: true });
    }
    for (const slice of plan.slices) {
      resources.set(slice.key, { resource: sliceObject(owner, slice, now), ready: isReady(slice) });
    }
    if (isProtected && (plan.slices.length > 0 || slices.length > 0)) {
      resources.set(protectionKey, { resource: deletionProtection(owner), ready: true });
    }
    const status = rolloutStatus(decision.placement, plan, current, now);
    const composed: Iterable<KubeObject> = [observed.composite, ...slices.map(({ object }) => object)];
    const gate = nextLook(plan, current, decision.placement.nextDecisionAt, now);
    return {
      resources,
      status,
      ready: status.phase === 'Healthy',
      conditions: rolloutConditions(decision.placement, plan, status),
      ttlSeconds: timeToLive({
        now,
        isConverging: isConverging(plan, current, now),
        composesSlices: true,
        objects: composed,
        ...gate,
      }),
    };
  },
};

function ownerOf({ apiVersion, kind, metadata }: KubeObject): Owner {
  return { apiVersion, kind, name: metadata.name ?? '' };
}
