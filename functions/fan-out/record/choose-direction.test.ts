import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rollout, RolloutRecord } from '../../generated/types.ts';
import type { Revision } from '../../revision/revision-content.ts';
import { beginRun } from './begin-run.ts';
import { chooseDirection, type DirectionFacts } from './choose-direction.ts';

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

function direct(rollout: Rollout, remembered?: RolloutRecord, more: Partial<DirectionFacts> = {}) {
  return chooseDirection(cc as Revision, revisions, { rollout, record: remembered, now: 0, ...more });
}

function choose(...asked: Parameters<typeof direct>) {
  const { value, problem } = direct(...asked);
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

describe('a rollback by hand', () => {
  const hold = { revision: 'shop-aa', since: '1970-01-01T00:00:00Z', attempt: 1, by: 'ann' };
  const held = { ...record, rejected: [], hold };

  test('is remembered with who asked for it and since when, however often it is asked', () => {
    assert.deepEqual(direct({ rollbackTo: 'aa' }, undefined, { lastEditor: 'ann' }).value?.hold, hold);
    assert.equal(direct({ rollbackTo: 'aa' }, held, { now: 60_000 }).value?.hold, hold);
  });

  test('stays when the spec no longer asks for it, and says how somebody lets go', () => {
    const chosen = choose({}, held);
    assert.deepEqual({ ...chosen, because: undefined }, { to: 'shop-aa', direction: 'Back', because: undefined });
    assert.match(
      JSON.stringify(chosen),
      /kept at revision aa since a rollback by hand by ann at 1970-01-01T00:00:00Z; to let go, .*crossply\.dev\/let-go/,
    );
  });

  test('ends when somebody lets go of exactly this one, asks for another attempt, or names what was rendered', () => {
    assert.equal(direct({}, held, { letGo: 'of another' }).value?.revision.name, 'shop-aa');
    for (const [rollout, more] of [
      [{}, { letGo: hold.since }],
      [{ attempt: 2 }, {}],
      [{ rollbackTo: 'cc' }, {}],
    ] as const) {
      const { value } = direct(rollout, held, more);
      assert.deepEqual([value?.revision.name, value?.hold], ['shop-cc', undefined]);
    }
  });

  test('whose revision is gone changes nothing', () => {
    const { problem } = direct({}, { ...held, hold: { ...hold, revision: 'shop-gone' } });
    assert.match(problem?.message ?? '', /revision gone .* is gone/);
  });
});
