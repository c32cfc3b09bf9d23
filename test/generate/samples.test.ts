import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RuleChecker } from '../../cli/offline-hub/schema-rules.ts';
import { parseFieldPath } from '../../functions/kube/field-path.ts';
import type { Json } from '../../functions/kube/json.ts';
import { formatProblem } from '../../functions/kube/problem.ts';
import { applyDefaults, validate } from '../../functions/kube/structural-schema.ts';
import { ruleRefusals } from './rule-refusals.ts';
import { samples } from './samples.ts';
import { type Refusal, schemaRefusals } from './schema-refusals.ts';
import { readComposites, type WrittenSchema } from './sources.ts';

const open: WrittenSchema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** The published schemas, with what every Kubernetes object has. */
const schemas = new Map(
  readComposites().map(({ kind, schema }) => {
    const metadata = { ...open, ...schema.properties?.['metadata'], 'x-kubernetes-preserve-unknown-fields': true };
    const own = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata } as const;
    return [kind, { ...schema, properties: { ...schema.properties, ...own } }];
  }),
);

function schemaOf(kind: string): WrittenSchema {
  const schema = schemas.get(kind);
  assert.ok(schema, kind);
  return schema;
}

/** Returns what the API server has against an object, or against changing another into it; rules come after the schema. */
function refusals(kind: string, object: Json, before?: Json): readonly string[] {
  const schema = schemaOf(kind);
  const problems = validate(schema, object, '');
  if (problems.length > 0) return problems.map(formatProblem);
  const rules = new RuleChecker();
  const broken = rules.check(schema, applyDefaults(schema, object), before && applyDefaults(schema, before), '');
  assert.deepEqual(rules.skipped, []);
  return broken.map(formatProblem);
}

function spoil(sample: Json, set: Refusal['set']): Json {
  const spoiled = structuredClone(sample) as Json;
  for (const [path, value] of Object.entries(set)) {
    const segments = parseFieldPath(path).value ?? [];
    const last = segments[segments.length - 1] ?? '';
    let at = spoiled as { [name: string | number]: never };
    for (const segment of segments.slice(0, -1)) at = at[segment] ?? assert.fail(`${path}: nothing at ${segment}`);
    Object.assign(at, { [last]: value });
  }
  return spoiled;
}

test('there is a sample of every kind, and it is taken', () => {
  assert.deepEqual(Object.keys(samples).sort(), [...schemas.keys()].sort());
  for (const [kind, sample] of Object.entries(samples)) assert.deepEqual(refusals(kind, sample, sample), [], kind);
});

test('a kind without its defaults is taken with them', () => {
  const tier = applyDefaults(schemaOf('Tier'), { metadata: { name: 'a' }, spec: { platform: 'web' } });
  assert.deepEqual(tier, {
    metadata: { name: 'a' },
    spec: {
      platform: 'web',
      network: { defaultDeny: true, allowDNS: true, allowSameNamespace: true },
      deletionPolicy: 'Protect',
    },
  });
  const set = applyDefaults(schemaOf('ClusterSet'), { spec: { tier: 'a', clusterProfiles: { namespace: 'fleet' } } });
  assert.deepEqual((set as { spec: Json }).spec, {
    tier: 'a',
    clusterProfiles: { namespace: 'fleet' },
    providerConfigRef: { kind: 'ClusterProviderConfig', nameTemplate: '${cluster.name}' },
    removalGracePeriodSeconds: 300,
  });
});

for (const { kind, set, problem, isTransition } of [...schemaRefusals, ...ruleRefusals]) {
  test(`${kind} is refused: ${problem.slice(0, 100)}`, () => {
    const sample = samples[kind] ?? assert.fail(kind);
    const spoiled = spoil(sample, set);
    const [found, ...others] = refusals(kind, spoiled, isTransition && sample);
    assert.ok(found?.startsWith(problem), found ?? 'nothing was found');
    assert.deepEqual(others, []);
    if (isTransition) assert.deepEqual(refusals(kind, spoiled), [], 'a new object may have any value');
  });
}

test('every CEL rule has a change that breaks it', () => {
  const kindsOf = (message: string) =>
    ruleRefusals.filter(({ problem }) => message.startsWith(problem.replace(/^[^ ]*: /, '')));
  for (const [kind, schema] of schemas) {
    for (const message of messagesOf(schema)) {
      assert.ok(
        kindsOf(message).some((refusal) => refusal.kind === kind),
        `${kind}: ${message}`,
      );
    }
  }
});

function messagesOf(schema: WrittenSchema): readonly string[] {
  const { properties = {}, items, additionalProperties } = schema;
  const below = [...Object.values(properties), items, additionalProperties].filter((child) => child !== undefined);
  const own = (schema['x-kubernetes-validations'] ?? []).map(({ message = '' }) => message);
  return [...own, ...below.flatMap(messagesOf)];
}
