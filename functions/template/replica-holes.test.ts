import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countHole, readShare, replicaHole, shareHole, zeroHole } from './replica-holes.ts';

const inside = (hole: string) => replicaHole(hole.slice(2, -1));

test('holes that take replicas and nothing else are told from all others', () => {
  assert.deepEqual(inside(countHole('web')), { component: 'web', takes: 'Count' });
  assert.deepEqual(replicaHole(' replicas.web_2 '), { component: 'web_2', takes: 'Count' });
  assert.deepEqual(replicaHole("replicas['web']"), { component: 'web', takes: 'Count' });
  assert.deepEqual(inside(zeroHole('web')), { component: 'web', takes: 'Zero' });
  assert.deepEqual(inside(shareHole('web', 6, 'ButOne')), { component: 'web', takes: 'Share', of: '6 but 1' });
  for (const other of ['replicas.web * 2', 'replicas["web"] == 0 ? 1 : null', 'cluster.labels["share"]', 'shared'])
    assert.equal(replicaHole(other), undefined, other);
});

test('what is shared is a whole number, with a limit or without', () => {
  assert.deepEqual(readShare('6'), { total: 6 });
  assert.deepEqual(readShare('6 at least 1'), { total: 6, limit: 'AtLeastOne' });
  assert.deepEqual(readShare('6 but 1'), { total: 6, limit: 'ButOne' });
  for (const other of ['', '-1', '6.5', 'six', '6 at least 2']) assert.equal(readShare(other), undefined, other);
});
