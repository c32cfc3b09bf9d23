import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Revision } from '../revision/revision-content.ts';
import { revisionsToKeep } from './revisions-to-keep.ts';

function revision(number: number, bytes = 10): Revision {
  return {
    name: `shop-${number}`,
    number,
    content: {
      templates: {
        a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { text: 'x'.repeat(bytes) } },
      },
      overrides: [],
    },
  };
}

const names = (revisions: readonly Revision[]) => revisions.map(({ number }) => number);

test('the target, all that are in use and five more are kept, newest first', () => {
  const observed = Array.from({ length: 10 }, (_, index) => revision(index));
  assert.deepEqual(
    names(revisionsToKeep(observed, revision(10), new Set(['shop-0', 'shop-9']))),
    [10, 9, 8, 7, 6, 5, 4, 0],
  );
});

test('history that would fill the response is dropped, what is in use never', () => {
  const observed = [revision(0, 900_000), revision(1, 600_000), revision(2, 600_000), revision(3, 10)];
  assert.deepEqual(names(revisionsToKeep(observed, undefined, new Set(['shop-0']))), [3, 2, 0]);
});
