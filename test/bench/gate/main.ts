import { formatTable } from '../../../cli/output/table.ts';
import { openGate } from '../../../functions/fan-out/gate/open-gate.ts';
import { resolveRollout } from '../../../functions/fan-out/policy/rollout-policy.ts';
import { benchFleet, benchRollout } from './fleet.ts';

const sizes = [100, 1000, 5000];
const rounds = 60;
const now = Date.UTC(2026, 0, 1);

const rows = sizes.map((count) => {
  const input = benchFleet(count, now);
  const times: number[] = [];
  let changed = 0;
  for (let round = -20; round < rounds; round += 1) {
    const begun = performance.now();
    const policy = resolveRollout(benchRollout, 'spec.rollout');
    if (policy.problems !== undefined) throw new Error(JSON.stringify(policy.problems));
    changed = openGate(input, policy.value, now).set.length;
    if (round >= 0) times.push(performance.now() - begun);
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  return [String(count), String(changed), p50.toFixed(1), p99.toFixed(1), ((p50 * 1000) / count).toFixed(1)];
});
console.log('The gate in the middle of a rollout over three waves, policy compilation included.\n');
console.log(formatTable([['CLUSTERS', 'CHANGED', 'P50 MS', 'P99 MS', 'P50 µs A CLUSTER'], ...rows]));

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
