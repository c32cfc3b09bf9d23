import type { ChosenCluster, Placement, Verdict } from '../../functions/cluster-selector/placement.ts';
import { planRollout } from '../../functions/fan-out/plan-rollout.ts';
import type { RolloutFacts, RolloutPlan } from '../../functions/fan-out/rollout-facts.ts';
import { ownRules } from '../../functions/health/health-rules.ts';
import type { Labels } from '../../functions/kube/label-requirement.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { observedSlices } from '../../functions/slices/observed-slices.ts';
import type { Scenario, SliceState, World } from './world.ts';

/** Changes what a call is told, to see whether the checks notice that it then decides wrongly. */
export type Distortion = (facts: RolloutFacts) => RolloutFacts;

const owner = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', name: 'shop' };

/** Who edits the composite; approves of nothing. */
const editor = 'ann';

/** Returns what FanOut decides from some reading of the slices and everything else as it is. */
export function planWorld(
  world: World,
  read: readonly SliceState[],
  scenario: Scenario,
  distort: Distortion = (facts) => facts,
): RolloutPlan {
  return planRollout(distort(factsOf(world, read, scenario)), world.now);
}

/** Returns the name of the revision that a content has, if it was made. */
export function revisionOf(content: string, { revisions }: Pick<World, 'revisions'>): string | undefined {
  return revisions.find((each) => each.content.templates['config']?.metadata.name === content)?.name;
}

function factsOf(world: World, read: readonly SliceState[], scenario: Scenario): RolloutFacts {
  const { content, revisions, approvals } = world;
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: content, namespace: 'shop' } };
  const runsPods = scenario.replicas !== undefined || scenario.refused !== undefined;
  return {
    ...{ owner, revisions, approvals, lastEditor: editor, rollout: scenario.rollout },
    placement: placementOf(world, read, scenario),
    templates: runsPods ? { config, web: workload(content) } : { config },
    ...{ renderProblems: [], overrides: [], health: ownRules },
    boundary: {
      scope: 'Namespace',
      namespace: 'shop',
      policy: { podSecurity: 'Baseline', deletionPolicy: 'Protect', allowedRegistries: [registry] },
    },
    environment: {
      app: { name: 'shop', namespace: 'team', labels: {} },
      tier: { name: '', namespace: '', platform: '' },
      namespace: 'shop',
    },
    slices: observedSlices(new Map(read.map((slice) => [slice.key, sliceObject(slice)]))),
    madeAt: new Map(),
    brakes: world.isCordPulled ? [{ stops: 'All', message: 'AndonCord stop: trouble' }] : [],
  };
}

const registry = 'ok.example.com/shop';

/** A Deployment whose replicas differ between clusters; its image comes from the registry that the cluster names, but for the first content. */
function workload(content: string): KubeObject {
  const image = content === 'A' ? `${registry}/web:A` : `\${cluster.labels.registry}/web:${content}`;
  return {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
    spec: {
      replicas: '${int(cluster.labels.replicas)}',
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } },
    },
  };
}

/** Labels from which a cluster's replicas and images are made. */
function valuesOf(name: string, { replicas, refused = [] }: Scenario): Labels {
  return {
    replicas: String(replicas?.[name] ?? 1),
    registry: refused.includes(name) ? 'elsewhere.example.com/shop' : registry,
  };
}

function sliceObject({ key, clusterSet, assignments, rollout, reported, repeated }: SliceState): KubeObject {
  const spec = { owner, clusterSet, assignments, ...(rollout !== undefined && { rollout }) };
  const status = { assignments: reported, ...(repeated !== undefined && { rollout: repeated }) };
  return {
    ...{ apiVersion: owner.apiVersion, kind: 'AssignmentSlice', metadata: { name: key } },
    ...({ spec, status } as unknown as Pick<KubeObject, 'spec' | 'status'>),
  };
}

function placementOf({ chosen: names }: World, read: readonly SliceState[], scenario: Scenario): Placement {
  const { clusters } = scenario;
  const chosen = clusters
    .filter(({ name }) => names.includes(name))
    .map(
      ({ name, labels, set }): ChosenCluster => ({
        facts: { name, labels: { ...labels, ...valuesOf(name, scenario) }, properties: {}, version: '', set },
        clusterSet: { namespace: 'platform', name: set },
        providerConfig: { kind: 'ClusterProviderConfig', name },
        replicas: {},
      }),
    );
  const present = new Set(read.flatMap(({ assignments }) => assignments.map(({ cluster }) => cluster)));
  const verdicts = [...new Set([...names, ...present])]
    .sort()
    .map((cluster): Verdict => ({ cluster, verdict: names.includes(cluster) ? 'Selected' : 'Leaving', reason: '' }));
  return {
    ...{ mode: 'Decided', chosen, verdicts, candidates: clusters.length },
    summary: { reason: 'Placed', message: '' },
  };
}
