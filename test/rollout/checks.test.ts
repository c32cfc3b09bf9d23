import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Rollout } from '../../functions/generated/types.ts';
import type { checks } from './checks.ts';
import { explore, progressCheck } from './explore.ts';
import type { Distortion } from './plan-world.ts';
import { scenarios } from './scenarios.ts';
import type { Scenario } from './world.ts';

test('what judges a call shares no code with the gate', () => {
  const judges = ['call', 'checks', 'judged-call', 'judged-waves', 'oracle-memory', 'oracle-policy'];
  for (const name of judges) {
    const text = readFileSync(join(import.meta.dirname, `${name}.ts`), 'utf8');
    const imports = [...text.matchAll(/^import (type )?.* from '(.*)';$/gm)].filter(
      ([, isType]) => isType === undefined,
    );
    const paths = imports.map(([, , path = '']) => path);
    const own = new Set(judges.map((judge) => `./${judge}.ts`));
    assert.deepEqual(
      paths.filter((path) => !own.has(path)),
      [],
      name,
    );
  }
});

type CheckName = keyof typeof checks | typeof progressCheck;

/** Lets a call decide by another policy than the one that it is judged by. */
function by(change: (rollout: Rollout) => Rollout): Distortion {
  return (facts) => ({ ...facts, rollout: change(facts.rollout) });
}

function waves(change: (wave: NonNullable<Rollout['waves']>[number]) => object): Distortion {
  return by((rollout) => ({ ...rollout, waves: (rollout.waves ?? []).map((wave) => ({ ...wave, ...change(wave) })) }));
}

/** A gate that decides wrongly, in the scenario where that matters, and the check that must notice. */
const mistakes: readonly {
  readonly what: string;
  readonly notices: CheckName;
  readonly in: RegExp;
  readonly distort: Distortion;
}[] = [
  {
    what: 'lets all of a wave change at once',
    notices: 'no more clusters on their way than allowed',
    in: /^edits to and fro/,
    distort: waves(() => ({ maxConcurrent: '100%' })),
  },
  {
    what: 'knows no waves',
    notices: 'no wave before the one ahead of it is proven',
    in: /^edits to and fro/,
    distort: by(({ waves: asked = [], ...rest }) => ({ ...rest, waves: asked.slice(-1) })),
  },
  {
    what: 'does not wait for the soak',
    notices: 'no wave before the one ahead of it is proven',
    in: /^edits to and fro/,
    distort: waves(() => ({ soak: '0s' })),
  },
  {
    what: 'minds no failure',
    notices: 'nothing new goes out after too many have failed',
    in: /^a rollback/,
    distort: waves(() => ({ maxFailures: '100%' })),
  },
  {
    what: 'lets everything leave at once',
    notices: 'no more clusters leave than may, and never the last healthy one',
    in: /^clusters that join and leave/,
    distort: by((rollout) => ({ ...rollout, maxRemovals: '100%' })),
  },
  {
    what: 'takes every cluster for unhealthy, and so none for the last that is healthy',
    notices: 'no more clusters leave than may, and never the last healthy one',
    in: /^clusters that join and leave/,
    distort: (facts) => ({
      ...facts,
      rollout: { ...facts.rollout, maxRemovals: '100%' },
      slices: facts.slices.map((slice) => ({
        ...slice,
        entries: slice.entries.map(({ status: _, ...entry }) => entry),
      })),
    }),
  },
  {
    what: 'does not see the cord',
    notices: 'nothing changes while the cord is pulled',
    in: /andon cord/,
    distort: (facts) => ({ ...facts, brakes: [] }),
  },
  {
    what: 'forgets what was rejected',
    notices: 'what was rejected is not tried again',
    in: /^a rollback/,
    distort: (facts) => ({
      ...facts,
      slices: facts.slices.map(({ rollout, ...slice }) =>
        rollout === undefined ? slice : { ...slice, rollout: { ...rollout, rejected: [] } },
      ),
    }),
  },
  {
    what: 'does not see approvals',
    notices: progressCheck,
    in: /approval/,
    distort: (facts) => ({ ...facts, approvals: [] }),
  },
];

for (const { what, notices, in: place, distort } of mistakes) {
  test(`a gate that ${what} is noticed: ${notices}`, () => {
    const scenario = scenarios.find(({ name }) => place.test(name));
    assert.ok(scenario);
    const { violations } = explore(small(scenario), distort, notices);
    assert.ok(
      violations.some(({ check }) => check === notices),
      violations.map(({ check }) => check).join('\n'),
    );
  });
}

/** A mistake shows in a small part of a scenario. */
function small({ budget, ...scenario }: Scenario): Scenario {
  return {
    ...scenario,
    budget: { ...budget, edits: Math.min(1, budget.edits), placements: Math.min(1, budget.placements), staleReads: 0 },
  };
}
