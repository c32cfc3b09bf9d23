import { readPlacementContext } from '../cluster-selector/placement-context.ts';
import { withTeamRules } from '../health/team-rules.ts';
import type { KubeObject } from '../kube/object.ts';
import { formatProblems } from '../kube/problem.ts';
import { revisionObject } from '../revision/revision-content.ts';
import type { CompositionFunction, DesiredResource } from '../runtime/composition-function.ts';
import { timeToLive } from '../runtime/time-to-live.ts';
import { withMemory } from '../slices/placement-memory.ts';
import { isConverging, nextLook } from './converging.ts';
import { deletionProtection, protectionKey } from './deletion-protection.ts';
import { planRollout } from './plan-rollout.ts';
import { readFacts } from './read-facts.ts';
import { gateRequirements } from './read-gates.ts';
import { type FanOutSettings, readSettings } from './read-settings.ts';
import { rolloutConditions } from './rollout-conditions.ts';
import { rolloutStatus } from './rollout-status.ts';
import { isReady, sliceObject } from './slice-object.ts';
import { takeManifests } from './take-manifests.ts';

/** Turns manifests and a placement into one immutable Revision and the slices that assign clusters to it, as fast as the gate allows. */
export const fanOut: CompositionFunction = {
  kind: 'FanOut',
  run(request, { now }) {
    const { input, context, observed, desired } = request;
    const decision = readPlacementContext(context);
    if (decision === undefined) {
      return {
        fatal: `FanOut found no placement in the context; put a step with input kind ClusterSelector before it`,
      };
    }
    const settings = readSettings((input['spec'] ?? {}) as FanOutSettings, observed.composite, decision);
    if (settings.problems !== undefined) return { fatal: formatProblems(settings.problems) };
    const { boundary, isProtected } = settings.value;
    const taken = takeManifests(desired.resources, boundary.scope === 'Namespace' ? boundary.namespace : undefined);
    const facts = readFacts(request, decision, settings.value, taken, now);
    const { owner, slices, placement } = facts;
    const current = slices.flatMap(({ entries }) => entries);
    const plan = planRollout(facts, now);
    const resources = new Map<string, DesiredResource>(taken.hub);
    for (const revision of plan.revisions) {
      resources.set(`revision/${revision.name}`, { resource: revisionObject(owner, revision), ready: true });
    }
    for (const slice of plan.slices) {
      const observedSlice = slice.observed?.object;
      const judged = withTeamRules(sliceObject(owner, slice, now), decision.policy, observedSlice);
      const resource = withMemory(judged, decision.memory, observedSlice, now);
      resources.set(slice.key, { resource, ready: isReady(slice) });
    }
    if (isProtected && (current.length > 0 || plan.slices.some(({ assignments }) => assignments.length > 0))) {
      resources.set(protectionKey, { resource: deletionProtection(owner), ready: true });
    }
    const brakes = facts.brakes.map(({ message }) => message);
    const status = rolloutStatus(placement, plan, current, brakes, now);
    const composed: Iterable<KubeObject> = [observed.composite, ...slices.map(({ object }) => object)];
    return {
      resources,
      requirements: gateRequirements(observed.composite),
      status,
      ready: status.phase === 'Healthy',
      conditions: rolloutConditions(placement, plan, status, facts.renderNotes),
      ttlSeconds: timeToLive({
        now,
        isConverging: isConverging(plan, current, now),
        composesSlices: true,
        objects: composed,
        ...nextLook(plan, current, placement.nextDecisionAt, now),
      }),
    };
  },
};
