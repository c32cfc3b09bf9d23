import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluateReadiness } from '../../cli/offline-hub/cel-readiness.ts';
import type { Json, JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Health, HealthRule } from './health-rule.ts';
import { ownRules } from './health-rules.ts';
import { healthySign } from './healthy-sign.ts';
import { judgeHealth } from './judge-health.ts';

/** An object of generation 2, how it fares, and what is said of it. */
export type HealthCase = readonly [
  reason: string,
  object: { readonly metadata?: JsonObject; readonly spec?: JsonObject; readonly status?: JsonObject },
  state: Health['state'],
  message?: string,
];

/** Cases of one kind: its apiVersion and name, and what is asked. */
export type CasesOfKind = readonly [apiVersion: string, kind: string, ...cases: readonly HealthCase[]];

/** A status with one condition. */
export function withCondition(type: string, status: string, more: JsonObject = {}): JsonObject {
  return { conditions: [{ type, status, ...more }] };
}

/** A status with conditions: `Ready` is True, `!Ready` False. */
export function withConditions(...types: readonly string[]): JsonObject {
  const conditions: readonly Json[] = types.map((each) =>
    each.startsWith('!') ? { type: each.slice(1), status: 'False' } : { type: each, status: 'True' },
  );
  return { conditions };
}

/** Returns an object of generation 2 with the parts given. */
export function objectOf(apiVersion: string, kind: string, parts: HealthCase[1]): KubeObject {
  const { metadata, ...rest } = parts;
  return { apiVersion, kind, metadata: { name: 'x', generation: 2, ...metadata }, ...rest };
}

/** Tells every case of a family, that the provider's query agrees with it, and that the family's own example is healthy. */
export function testFamily(name: string, rules: readonly HealthRule[], ...kinds: readonly CasesOfKind[]): void {
  describe(name, () => {
    for (const [apiVersion, kind, ...cases] of kinds) {
      for (const [reason, parts, state, message] of cases) {
        test(`${kind}: ${reason}`, () => {
          const object = objectOf(apiVersion, kind, parts);
          const health = judgeHealth(object);
          assert.equal(health.state, state, health.message);
          if (message !== undefined) assert.equal(health.message, message);
          assertAgreement(object, health);
        });
      }
    }
    test('every kind is well with the status of its example, and on its way without any', () => {
      for (const rule of rules) checkExample(rule);
    });
  });
}

function checkExample(rule: HealthRule): void {
  const group = rule.group.replace('*', 'a');
  const kind = rule.kind === '*' ? 'Anything' : rule.kind;
  const bare = objectOf(`${group === '' ? '' : `${group}/`}v1`, kind, { spec: { type: 'LoadBalancer' } });
  if (rule.ownHealth === false) {
    assert.deepEqual(judgeHealth(bare), { state: 'Healthy', message: 'is healthy', isOwn: false }, kind);
    return;
  }
  assert.ok(rule.healthyStatus, `${kind} has an example`);
  const example = { ...bare, status: { observedGeneration: 2, ...rule.healthyStatus(bare) } };
  assert.deepEqual(judgeHealth(example), { state: 'Healthy', message: 'is healthy', isOwn: true }, kind);
  assertAgreement(example, judgeHealth(example));
  const expected = kind === 'CronWorkflow' ? 'Healthy' : 'Progressing';
  assert.equal(judgeHealth(bare).state, expected, kind);
  const older = { ...example, status: { ...example.status, observedGeneration: 1 } };
  assert.equal(judgeHealth(older).state, 'Progressing', `${kind} of an older generation`);
  assertAgreement(older, judgeHealth(older));
}

/** The provider calls ready what Delivery calls healthy, or lets be silent. */
function assertAgreement(object: KubeObject, { state }: Health): void {
  const { isReady } = evaluateReadiness(healthySign(ownRules.ruleOf(object)), object);
  assert.equal(isReady, state === 'Healthy' || state === 'Silent', 'the provider says the same');
}
