import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompositeMove } from './compare.ts';
import { printMoves } from './print-moves.ts';

function move(name: string, more: Partial<CompositeMove> = {}): CompositeMove {
  return {
    kind: 'App',
    namespace: 'team',
    name,
    from: [],
    to: [],
    leaves: [],
    joins: [],
    replicas: [],
    lostReplicas: [],
    summary: { reason: 'Placed', message: '2 of 2 clusters' },
    isPlaced: true,
    wasPlaced: true,
    isUnderWay: false,
    ...more,
  };
}

const short = { reason: 'TooFewClusters', message: '1 of 2 clusters; 2 are wanted' };
const joins = [{ cluster: 'us-2', reason: 'member of us' }];

test('exchanges, joins, departures and replicas are each told in a line, with their reasons once', () => {
  const why = 'taint drain:NoExecute';
  const leaves = ['eu-1', 'eu-2'].map((cluster) => ({ cluster, reason: why }));
  const replicas = [{ cluster: 'us-1', component: 'web', from: 3, to: 4 }];
  assert.equal(
    printMoves([
      move('swap', { leaves, joins, replicas }),
      move('join', { joins }),
      move('leave', { leaves: leaves.slice(1) }),
      move('still'),
    ]),
    [
      'App team/swap   eu-1, eu-2 → us-2           (taint drain:NoExecute)',
      '                web 3 → 4 replicas on us-1',
      'App team/join   + us-2                      (member of us)',
      'App team/leave  - eu-2                      (taint drain:NoExecute)',
      '',
      '3 of 4 composites would move',
    ].join('\n'),
  );
});

test('what comes anyway and what is not placed now either is told apart', () => {
  assert.equal(
    printMoves([
      move('moving', { joins, isUnderWay: true }),
      move('lost', { summary: short, isPlaced: false }),
      move('short', { summary: short, isPlaced: false, wasPlaced: false, isUnderWay: true }),
    ]),
    [
      'without enough clusters then:',
      '  App team/lost  TooFewClusters: 1 of 2 clusters; 2 are wanted',
      '',
      'under way already, with or without that:',
      '  App team/moving  + us-2  (member of us)',
      '',
      'not placed now either:',
      '  App team/short  TooFewClusters: 1 of 2 clusters; 2 are wanted',
      '',
      'nothing would move; 1 composite would be without enough clusters',
    ].join('\n'),
  );
});
