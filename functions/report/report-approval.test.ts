import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import { reportApproval } from './report-approval.ts';

const apiVersion = 'crossply.dev/v1alpha1';
const now = Date.UTC(2026, 0, 1, 12);
const app: KubeObject = {
  apiVersion,
  kind: 'App',
  metadata: { name: 'shop', namespace: 'shop' },
  status: { revision: '1a2b3c4d5e', rollout: { waves: [] } },
};

type Circumstances = { readonly found?: readonly KubeObject[]; readonly expiresIn?: number; readonly age?: number };

/** `age` is how long ago the Approval was made, in seconds like `expiresIn`. */
function run({ found, expiresIn, age = 86_400 }: Circumstances, status: KubeObject['status'] = {}) {
  const expiresAt = expiresIn === undefined ? {} : { expiresAt: formatTimestamp(now + expiresIn * 1000) };
  const composite: KubeObject = {
    apiVersion,
    kind: 'Approval',
    metadata: { name: 'ok', namespace: 'shop', creationTimestamp: formatTimestamp(now - age * 1000) },
    spec: { for: { kind: 'App', name: 'shop' }, revision: '1a2b3c4d5e', wave: 'europe', approver: 'bob', ...expiresAt },
    status,
  };
  return reportApproval({ composite, required: new Map(found === undefined ? [] : [['for', found]]), now });
}

test('it asks for what it is for, in its own namespace, and is valid and ready', () => {
  const answer = run({});
  assert.deepEqual(answer.requirements, {
    for: { apiVersion, kind: 'App', namespace: 'shop', match: { name: 'shop' } },
  });
  assert.equal(answer.ready, true);
  assert.deepEqual(answer.conditions, [{ type: 'Valid', status: 'True', reason: 'Valid', message: '' }]);
});

test('what was reported stays until the resource is supplied, and one that is looked for in vain is missing', () => {
  const before = { state: 'Used', message: 'bob is counted' };
  assert.deepEqual(run({}, { ...before, conditions: [] }).status, before);
  assert.deepEqual(run({}).status, {});
  assert.equal(run({ found: [] }, before).status?.['state'], 'Missing');
  assert.equal(run({ found: [app] }, before).status?.['state'], 'Pending');
});

test('a resource that nobody has processed yet has no revision', () => {
  const { status: _, ...bare } = app;
  assert.equal(run({ found: [bare] }).status?.['state'], 'Mismatch');
});

test('the next call is due when it expires, however young it is', () => {
  assert.equal(run({ found: [app], expiresIn: 90 }).ttlSeconds, 90);
  assert.equal(run({ found: [app], expiresIn: 3, age: 0 }).ttlSeconds, 3);
  assert.equal(run({ found: [app], expiresIn: 90, age: 0 }).ttlSeconds, 10);
});

test('an approval that does not expire, or has expired, is looked at every hour', () => {
  assert.equal(run({ found: [app] }).ttlSeconds, 3600);
  assert.equal(run({ found: [app], expiresIn: 7200 }).ttlSeconds, 3600);
  assert.equal(run({ found: [app], expiresIn: 0 }).ttlSeconds, 3600);
});

test('a kind of others is not looked up, for where it is not installed the whole step would fail', () => {
  const answerFor = (
    subject: { readonly apiVersion?: string; readonly kind: string; readonly name: string },
    expiresAt?: string,
  ) =>
    reportApproval({
      composite: {
        ...{ apiVersion, kind: 'Approval', metadata: { name: 'ok', namespace: 'shop' } },
        spec: {
          for: subject,
          revision: '1a2b3c4d5e',
          wave: 'europe',
          approver: 'bob',
          ...(expiresAt !== undefined && { expiresAt }),
        },
      },
      required: new Map(),
      now,
    });
  const website = { apiVersion: 'example.com/v1', kind: 'Website', name: 'shop' };
  const answer = answerFor(website);
  assert.deepEqual(answer.requirements, {});
  assert.deepEqual(answer.status, {
    state: 'Pending',
    message: 'is for wave europe of this revision; whether it counts, the status of Website shop (example.com) says',
  });
  assert.equal(answerFor(website, '2026-01-01T00:00:00Z').status?.['state'], 'Expired');
  assert.deepEqual(answerFor({ ...website, kind: 'App' }).requirements, {}, 'an App of others');
  assert.deepEqual(answerFor({ ...website, apiVersion: 'crossply.dev/v9', kind: 'App' }).requirements, {
    for: { apiVersion, kind: 'App', namespace: 'shop', match: { name: 'shop' } },
  });
});
