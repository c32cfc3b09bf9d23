import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluateReadiness } from '../../cli/offline-hub/cel-readiness.ts';
import type { TeamHealthRule } from '../generated/types.ts';
import type { KubeObject } from '../kube/object.ts';
import { formatProblem } from '../kube/problem.ts';
import { objectOf } from './health-cases.ts';
import { healthRules } from './health-rules.ts';
import { healthySign } from './healthy-sign.ts';
import { judgeHealth } from './judge-health.ts';
import { checkTeamRules, teamRules, withTeamRules } from './team-rules.ts';

const widget: TeamHealthRule = {
  ...{ group: 'example.org', kind: 'Widget' },
  healthy: 'has(object.status) && has(object.status.mood) && object.status.mood == "fine"',
  progressing: 'has(object.status) && has(object.status.busy) && object.status.busy == true',
  failed: 'has(object.status) && has(object.status.mood) && object.status.mood == "gone" // for good\n',
  message: '"feels " + object.status.mood',
};

describe('a rule of a team', () => {
  const rules = healthRules(teamRules([widget]));
  const judge = (status?: { readonly [field: string]: string | boolean | number }) => {
    const object = objectOf('example.org/v2', 'Widget', status === undefined ? {} : { status });
    const health = judgeHealth(object, rules);
    const { isReady, message } = evaluateReadiness(healthySign(rules.ruleOf(object)), object);
    assert.deepEqual([isReady, message], [health.state === 'Healthy', undefined]);
    return [health.state, health.message];
  };
  test('tells the health of its kind', () => {
    assert.deepEqual(judge({ mood: 'fine' }), ['Healthy', 'is healthy']);
    assert.deepEqual(judge({ mood: 'gone' }), ['Failed', 'feels gone']);
    assert.deepEqual(judge({ mood: 'low' }), ['Progressing', 'feels low']);
    assert.deepEqual(judge({ mood: 'fine', busy: true }), ['Progressing', 'feels fine']);
  });
  test('leaves no object silent', () => assert.deepEqual(judge(), ['Progressing', 'says nothing of its health yet']));
  test('does not overrule the generation', () =>
    assert.equal(judge({ mood: 'fine', observedGeneration: 1 })[0], 'Progressing'));
  test('goes before the one that Crossply has for the kind', () => {
    const own = healthRules(teamRules([{ group: 'argoproj.io', kind: 'Rollout', healthy: 'true == true' }]));
    assert.equal(judgeHealth(objectOf('argoproj.io/v1alpha1', 'Rollout', {}), own).state, 'Healthy');
  });
});

describe('a slice carries the rules', () => {
  const slice: KubeObject = {
    ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice', metadata: { name: 's' } },
    spec: { assignments: [] },
  };
  const observed = { ...slice, spec: { assignments: [], health: [{ ...widget }] } };
  const rulesOf = ({ spec }: KubeObject) => (spec as { health?: readonly TeamHealthRule[] }).health;
  test('of the policy, and none where it has none', () => {
    assert.deepEqual(rulesOf(withTeamRules(slice, { health: [widget] }, undefined)), [widget]);
    assert.equal(rulesOf(withTeamRules(slice, {}, observed)), undefined);
  });
  test('that it had, while the policy is not known', () =>
    assert.deepEqual(rulesOf(withTeamRules(slice, undefined, observed)), [widget]));
});

describe('a rule is refused', () => {
  const problems = (rule: Partial<TeamHealthRule>) =>
    checkTeamRules(
      [{ group: 'example.org', kind: 'Widget', healthy: 'has(object.status)', ...rule }],
      'spec.health',
    ).map(formatProblem);
  test('not when it is right', () =>
    assert.deepEqual([...problems({}), ...checkTeamRules([widget], 'spec.health')], []));
  test('for a kind of Kubernetes itself', () =>
    assert.deepEqual(problems({ group: 'apps' }), [
      'spec.health[0].group: must be a group of your own kinds (got "apps"); Crossply tells the health of the kinds of Kubernetes itself',
    ]));
  const refused: readonly (readonly [string, RegExp])[] = [
    ['object.status.?phase == "x"', /^spec\.health\[0\]\.healthy: is not CEL.*there is no optional syntax/],
    ['object.status.phase ==', /^spec\.health\[0\]\.healthy: is not CEL/],
    ['status.phase == "x"', /"status" is not known; known here: object$/],
    ['object.status.phase.lowerAscii() == "x"', /the CEL of provider-kubernetes has no function "lowerAscii"/],
    ['object.status.phase', /does not yield true or false; compare it/],
    ['"ready"', /does not yield true or false/],
    ['object.status.ready == object.spec.replicas - 1', /numbers of an object are doubles.*such as 1\.0/],
    ['has(object.status) ? object.status.ready : false', /does not yield true or false/],
  ];
  for (const [healthy, told] of refused) {
    test(healthy, () => {
      const [first] = problems({ healthy });
      assert.match(first ?? 'no problem', told);
    });
  }
  test('in every text of it, and told where', () =>
    assert.deepEqual(
      problems({ failed: 'object.x', message: 'object.x.lowerAscii()' }).map((told) => told.split(':')[0]),
      ['spec.health[0].failed', 'spec.health[0].message'],
    ));
});
