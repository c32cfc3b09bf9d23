import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { builtInRules } from '../functions/health/built-in-rules.ts';
import { checkTeamRules } from '../functions/health/team-rules.ts';
import { healthTable } from './health-table.ts';

const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'health.md'), 'utf8');

test('the page on health lists the kinds that have a rule', () => {
  const [, listed] = /<!-- kinds -->\n([\s\S]*?)\n<!-- \/kinds -->/.exec(page) ?? [];
  assert.equal(listed, healthTable());
  assert.ok(builtInRules.filter(({ ownHealth }) => ownHealth !== false).length >= 100);
});

test('the Tier on the page on health has rules that are right', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  assert.deepEqual(checkTeamRules(parse(yaml).spec.health, 'spec.health'), []);
});
