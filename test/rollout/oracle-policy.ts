import type { Scenario } from './world.ts';

/** A wave as a person reads it in the spec. */
export type OracleWave = {
  readonly name: string;
  /** Labels that its clusters have; any when absent. */
  readonly labels: { readonly [key: string]: string } | undefined;
  /** How many clusters it draws, if it does. */
  readonly count: number | undefined;
  readonly maxConcurrent: (total: number) => number;
  readonly soakMs: number;
  readonly deadlineMs: number;
  readonly maxFailures: number;
};

/** What a person reads in a scenario's rollout: defaults are those of the documentation. */
export type OraclePolicy = {
  readonly waves: readonly OracleWave[];
  readonly maxRemovals: (total: number) => number;
  readonly skipsUnreachable: boolean;
  readonly scope: 'Drawn' | 'Labelled';
};

const policies = new Map<Scenario, OraclePolicy>();

/** Returns what the spec of a scenario promises, read without any code of the functions; worked out once. */
export function oraclePolicy(scenario: Scenario): OraclePolicy {
  const known = policies.get(scenario) ?? readPolicy(scenario);
  policies.set(scenario, known);
  return known;
}

function readPolicy({ rollout }: Scenario): OraclePolicy {
  const asked = rollout.waves ?? [{ name: 'first', count: 1 }, { name: 'rest' }];
  const hasRest = asked.some(({ clusterSelector, count, percent }) => !clusterSelector && !count && !percent);
  const waves = (hasRest ? asked : [...asked, { name: 'rest' }]).map((wave): OracleWave => {
    const { maxConcurrent = '25%', soak = '0s', deadline = '10m', maxFailures = 0 } = { ...rollout, ...wave };
    if (typeof maxFailures !== 'number' || wave.percent !== undefined) throw new Error(`not read here: ${wave.name}`);
    return {
      ...{ name: wave.name, labels: wave.clusterSelector?.matchLabels, count: wave.count, maxFailures },
      ...{ maxConcurrent: share(maxConcurrent, 'up'), soakMs: milliseconds(soak), deadlineMs: milliseconds(deadline) },
    };
  });
  return {
    waves,
    maxRemovals: share(rollout.maxRemovals ?? '10%', 'down'),
    skipsUnreachable: (rollout.unreachable ?? 'Skip') === 'Skip',
    scope: waves.some(({ count }) => count !== undefined) ? 'Drawn' : 'Labelled',
  };
}

function share(value: number | string, rounding: 'up' | 'down'): (total: number) => number {
  if (typeof value === 'number') return () => value;
  const round = rounding === 'up' ? Math.ceil : Math.floor;
  return (total) => Math.max(1, round((total * Number.parseInt(value, 10)) / 100));
}

function milliseconds(duration: string): number {
  const units: { readonly [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000 };
  const parts = [...duration.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (units[unit] ?? 0), 0);
}
