import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RolloutRecord } from '../../generated/types.ts';
import type { Revision } from '../../revision/revision-content.ts';
import { beginRun } from './begin-run.ts';
import { chooseDirection } from './choose-direction.ts';

const content = { templates: {}, overrides: [] };
const revisions: readonly Revision[] = ['shop-aa', 'shop-bb', 'shop-cc'].map((name, index) => ({
  name,
  number: index + 1,
  content,
}));
const [aa, bb, cc] = revisions;
assert.ok(aa && bb && cc);

const record: RolloutRecord = {
  ...beginRun(undefined, { revision: 'shop-cc', direction: 'Forward', hasOtherValues: false }, 0),
  ...{
    stable: 'shop-bb',
    rejected: [{ revision: 'shop-cc', attempt: 1, at: '2026-01-01T00:00:00Z', reason: 'a failed' }],
  },
};

function choose(...[rollout, remembered]: [Parameters<typeof chooseDirection>[2], RolloutRecord?]) {
  const { value, problem } = chooseDirection(cc as Revision, revisions, rollout, remembered);
  return problem ?? { to: value.revision.name, direction: value.direction, because: value.because };
}

test('clusters go to what was rendered', () => {
  assert.deepEqual(choose({}), { to: 'shop-cc', direction: 'Forward', because: undefined });
});

test('what failed is not tried again; clusters go back to what was healthy everywhere, and the reason says how to go on', () => {
  const chosen = choose({}, record);
  assert.deepEqual({ ...chosen, because: undefined }, { to: 'shop-bb', direction: 'Back', because: undefined });
  assert.match(
    JSON.stringify(chosen),
    /revision cc was rolled back to bb: a failed; change the spec, or raise spec\.rollout\.attempt/,
  );
});

test('a higher attempt tries it again', () => {
  assert.deepEqual(choose({ attempt: 2 }, record), { to: 'shop-cc', direction: 'Forward', because: undefined });
});

test('by hand to any revision that is kept, by its hash or its name', () => {
  for (const rollbackTo of ['aa', 'shop-aa']) {
    assert.deepEqual(choose({ rollbackTo }), {
      ...{ to: 'shop-aa', direction: 'Back' },
      because: 'spec.rollout.rollbackTo keeps all clusters at revision aa',
    });
  }
});

test('to one that is not kept nothing goes, and those that are kept are named', () => {
  assert.deepEqual(choose({ rollbackTo: 'dd' }), {
    path: 'spec.rollout.rollbackTo',
    message: 'there is no revision "dd"',
    hint: 'kept are cc, bb, aa',
  });
});
