import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvalSubjectOf, isApprovalFor, isForOwnKind } from './approval-subject.ts';

const app = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', metadata: { name: 'shop' } };
const website = { apiVersion: 'example.com/v1', kind: 'Website', metadata: { name: 'shop' } };
const otherApp = { ...app, apiVersion: 'example.com/v1' };

test('group, kind and name must be the same, the version need not', () => {
  assert.equal(isApprovalFor({ apiVersion: 'example.com/v1', kind: 'Website', name: 'shop' }, website), true);
  assert.equal(isApprovalFor({ apiVersion: 'example.com/v2', kind: 'Website', name: 'shop' }, website), true);
  assert.equal(isApprovalFor({ apiVersion: 'example.org/v1', kind: 'Website', name: 'shop' }, website), false);
  assert.equal(isApprovalFor({ apiVersion: 'example.com/v1', kind: 'Website', name: 'blog' }, website), false);
  assert.equal(isApprovalFor({ apiVersion: 'example.com/v1', kind: 'App', name: 'shop' }, app), false);
});

test('without an apiVersion it is for Crossply’s own kind and no other, also when that has the same name', () => {
  assert.equal(isApprovalFor({ kind: 'App', name: 'shop' }, app), true);
  assert.equal(isApprovalFor({ kind: 'App', name: 'shop' }, otherApp), false);
  assert.equal(isApprovalFor({ kind: 'Website', name: 'shop' }, website), false);
  assert.deepEqual(
    [{ kind: 'App' }, { kind: 'App', apiVersion: 'example.com/v1' }, { kind: 'Website' }].map((each) =>
      isForOwnKind({ ...each, name: 'shop' }),
    ),
    [true, false, false],
  );
});

test('an Approval that is made for a composite is for it', () => {
  assert.deepEqual(approvalSubjectOf(app), { kind: 'App', name: 'shop' });
  for (const each of [app, otherApp, website]) assert.equal(isApprovalFor(approvalSubjectOf(each), each), true);
});
