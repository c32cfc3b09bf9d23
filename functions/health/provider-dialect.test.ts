import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '@bufbuild/cel';
import { builtInRules } from './built-in-rules.ts';
import { healthySign } from './healthy-sign.ts';
import { otherKinds } from './other-kinds.ts';
import { checkDialect } from './provider-dialect.ts';

test('every sign of every rule is within the CEL of provider-kubernetes', () => {
  for (const rule of [...builtInRules, otherKinds]) {
    const { healthy, progressing, failed, ownHealth } = rule;
    const signs = [healthy, progressing, failed, ownHealth, healthySign(rule)];
    for (const sign of signs) {
      if (typeof sign !== 'string') continue;
      assert.doesNotMatch(sign, /\.\?|\[\?/, `${rule.kind} has no optional syntax`);
      const { expr } = parse(sign);
      assert.ok(expr);
      assert.deepEqual(checkDialect(expr, 'bool'), [], `${rule.kind}: ${sign}`);
    }
  }
});

test('no two rules are for the same kind', () => {
  const keys = builtInRules.map(({ group, kind }) => `${group}/${kind}`);
  assert.deepEqual(
    keys.filter((key, index) => keys.indexOf(key) !== index),
    [],
  );
});
