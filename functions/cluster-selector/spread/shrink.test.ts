import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shrink, surplusOf } from './shrink.ts';

describe('there are too many', () => {
  test('when more are present than are wanted', () => {
    assert.deepEqual(surplusOf({ wanted: 1, present: 3, obsolete: 0 }), { isTooMany: true, count: 2 });
    assert.deepEqual(surplusOf({ wanted: 3, present: 3, obsolete: 0 }), { isTooMany: false, count: 0 });
  });

  test('when obsolete ones are left beside enough others; they are not counted', () => {
    assert.deepEqual(surplusOf({ wanted: 3, present: 3, obsolete: 2 }), { isTooMany: true, count: 0 });
    assert.deepEqual(surplusOf({ wanted: 2, present: 3, obsolete: 2 }), { isTooMany: true, count: 1 });
  });

  test('never when more or all are wanted', () => {
    assert.deepEqual(surplusOf({ wanted: 4, present: 3, obsolete: 2 }), { isTooMany: false, count: 0 });
    assert.deepEqual(surplusOf({ present: 3, obsolete: 2 }), { isTooMany: false, count: 0 });
  });
});

describe('shrinking', () => {
  const smallest = (a: number, b: number) => a - b;

  test('takes the first to go of the first group, and leaves the others as they were', () => {
    assert.deepEqual(
      shrink(
        [
          [3, 1, 2],
          [9, 7],
        ],
        2,
        smallest,
      ),
      { kept: [[3], [9, 7]], gone: [1, 2] },
    );
  });

  test('goes on with the next group when the first is gone', () => {
    assert.deepEqual(
      shrink(
        [
          [3, 1],
          [9, 7, 8],
        ],
        3,
        smallest,
      ),
      { kept: [[], [8, 9]], gone: [1, 3, 7] },
    );
  });

  test('takes what there is, and nothing when nothing is to go', () => {
    assert.deepEqual(shrink([[2, 1]], 5, smallest), { kept: [[]], gone: [1, 2] });
    assert.deepEqual(shrink([[2, 1]], 0, smallest), { kept: [[2, 1]], gone: [] });
  });
});
