import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { checkNamespaceMetadata, namespaceObject } from './namespace-object.ts';
import { sampleFacts } from './sample-facts.ts';

const own = {
  'crossply.dev/tier': 'prod',
  'crossply.dev/tier-namespace': 'platform',
  'crossply.dev/platform': 'web',
  'crossply.dev/compute-namespace': 'team.shop',
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/audit': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
};

test('the Namespace is marked with its origin and its pod security level', () => {
  const facts = sampleFacts(
    { labels: { team: 'a' }, annotations: { wiki: 'shop' } },
    { namespaceLabels: { stage: 'prod' } },
    { podSecurity: 'Restricted' },
  );
  assert.deepEqual(namespaceObject(facts), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'team-shop', labels: { team: 'a', stage: 'prod', ...own }, annotations: { wiki: 'shop' } },
  });
});

test('nobody gets round the labels that decide which rules hold', () => {
  const labels = { 'crossply.dev/tier': 'x', 'pod-security.kubernetes.io/enforce': 'privileged', stage: 'x' };
  const facts = sampleFacts(
    { labels },
    { namespaceLabels: { ...labels, stage: 'prod' } },
    { podSecurity: 'Restricted' },
  );
  assert.deepEqual(namespaceObject(facts).metadata.labels, { ...own, stage: 'prod' });
});

test('an origin that is too long for a label is left out', () => {
  const facts = { ...sampleFacts(), hubNamespace: 't'.repeat(60) };
  assert.equal('crossply.dev/compute-namespace' in (namespaceObject(facts).metadata.labels ?? {}), false);
});

test('keys that are reserved or impossible, bad values and values against the Tier are refused', () => {
  const labels = {
    'crossply.dev/tier': 'x',
    'kubernetes.io/metadata.name': 'x',
    'pod-security.kubernetes.io/warn': 'x',
    'a b': 'x',
    bad: 'x y',
    region: '${cluster.labels.region}',
    stage: 'dev',
    same: 'same',
  };
  const facts = sampleFacts(
    { labels, annotations: { 'crossply.dev/target': 'hub' } },
    { namespaceLabels: { stage: 'prod', same: 'same' } },
  );
  assert.deepEqual(checkNamespaceMetadata(facts).map(formatProblem), [
    "spec.labels['crossply.dev/tier']: is set by Crossply or Kubernetes; leave it out, or use a key of your own",
    "spec.labels['kubernetes.io/metadata.name']: is set by Crossply or Kubernetes; leave it out, or use a key of your own",
    "spec.labels['pod-security.kubernetes.io/warn']: is set by Crossply or Kubernetes; leave it out, or use a key of your own",
    "spec.labels['a b']: must be a name of at most 63 characters, with or without a domain and a slash before it",
    'spec.labels.bad: must be at most 63 letters, digits, dashes, dots and underscores, letters or digits at both ends (got "x y")',
    "spec.annotations['crossply.dev/target']: is set by Crossply or Kubernetes; leave it out, or use a key of your own",
    'spec.labels.stage: is "prod" in all of Tier prod (got "dev"); leave it out',
  ]);
});
