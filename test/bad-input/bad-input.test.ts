import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { keyOf, refTo } from '../../cli/offline-hub/object-ref.ts';
import { applyJsonPatch } from '../../functions/kube/json-patch.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatProblem } from '../../functions/kube/problem.ts';
import { type Case, readCases } from './cases.ts';
import { type Report, reportsOn } from './reports.ts';
import { base, createWorld, memberObjects } from './world.ts';

const strict = createWorld({ isStrict: true });
const loose = createWorld({ isStrict: false });

before(async () => {
  await loose.runUntilSettled();
});

for (const each of readCases()) {
  const isRefused = each.reported.in === 'admission';
  test(each.reason, async () => {
    if (isRefused || each.refusedAtOnce) expectRefusal(each);
    if (!isRefused) await expectReport(each);
  });
}

/** The API server refuses one of the objects, so nothing of it is ever seen. */
function expectRefusal({ change, reported }: Case): void {
  const reports = changed(change).flatMap(({ bad }) =>
    (strict.apply(bad).problems ?? []).map((problem) => ({
      on: '',
      in: 'admission',
      line: formatProblem(problem),
    })),
  );
  expectAmong(reports, { ...reported, in: 'admission', on: '' });
}

/** The functions report it, what runs goes on as it was, and once it is mended all is well again. */
async function expectReport({ change, reported, mayChange = [], virtualSeconds = 60 }: Case): Promise<void> {
  const hub = loose;
  const wellBefore = memberObjects(hub);
  assert.deepEqual(reportsOn(hub), [], 'the world is not well before');
  const objects = changed(change);
  try {
    for (const { bad } of objects) assert.equal(hub.apply(bad).problems, undefined);
    await hub.runFor(virtualSeconds);
    const reports = reportsOn(hub);
    expectAmong(reports, reported);
    const aside = reports.filter((report) => report.in === 'status.overrides' && reported.in !== 'status.overrides');
    assert.deepEqual(aside, [], 'an override is blamed for something else');
    expectSame(memberObjects(hub), wellBefore, mayChange);
  } finally {
    for (const { good, bad } of objects) {
      if (keyOf(refTo(bad)) === keyOf(refTo(good))) hub.apply(good);
      else hub.delete(refTo(bad));
    }
    await hub.runFor(60);
  }
  assert.deepEqual(reportsOn(hub), [], 'the world is not well after');
  expectSame(memberObjects(hub), wellBefore, []);
}

function changed(change: Case['change']): readonly { readonly good: KubeObject; readonly bad: KubeObject }[] {
  return Object.entries(change).map(([key, patch]) => {
    const good = base.get(key);
    assert.ok(good, `there is no ${key} in the base`);
    const { value, problems } = applyJsonPatch(good, patch);
    assert.equal(problems, undefined);
    return { good, bad: value as KubeObject };
  });
}

function expectAmong(reports: readonly Report[], { on = '', in: where, path, message, hint = '' }: Case['reported']) {
  const found = reports.some(
    (report) =>
      report.on === on &&
      report.in === where &&
      [path, message, hint].every((fragment) => report.line.includes(fragment)),
  );
  const all = reports.map((report) => `  ${report.on} ${report.in}: ${report.line}`).join('\n');
  assert.ok(found, `${on} ${where} should say "${path}" "${message}" "${hint}"; reported is\n${all || '  nothing'}`);
}

/** Nothing is gone, and nothing is changed outside the clusters that may take the change. */
function expectSame(
  now: ReadonlyMap<string, string>,
  then: ReadonlyMap<string, string>,
  mayChange: readonly string[],
): void {
  const isFree = (key: string) => mayChange.some((cluster) => key.startsWith(`${cluster} `));
  assert.deepEqual(
    [...then.keys()].filter((key) => !now.has(key)),
    [],
    'removed',
  );
  assert.deepEqual(
    [...now.keys()].filter((key) => !then.has(key) && !isFree(key)),
    [],
    'added',
  );
  assert.deepEqual(
    [...now].filter(([key, text]) => then.get(key) !== text && !isFree(key)),
    [],
    'changed',
  );
}
