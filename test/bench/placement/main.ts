import { formatTable } from '../../../cli/output/table.ts';
import { compilePolicy } from '../../../functions/cluster-selector/compile-policy.ts';
import { place } from '../../../functions/cluster-selector/place.ts';
import { benchFleet, benchPlacement } from './fleet.ts';

const sizes = [100, 1000, 5000];
const rounds = 60;
const now = Date.UTC(2026, 0, 1);

const rows = sizes.map((count) => {
  const clusters = benchFleet(count);
  const spec = benchPlacement(count);
  const times: number[] = [];
  let chosen = 0;
  for (let round = -20; round < rounds; round += 1) {
    const begun = performance.now();
    const readableSets = [{ namespace: 'platform', name: 'all' }];
    const policy = compilePolicy(spec, 'spec.placement', {
      readableSets,
      orderKey: 'App/team/shop',
      otherApps: [],
      now,
    });
    if (policy.problems !== undefined) throw new Error(JSON.stringify(policy.problems));
    chosen = place(clusters, policy.value, [], now).chosen.length;
    if (round >= 0) times.push(performance.now() - begun);
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  return [String(count), String(chosen), p50.toFixed(1), p99.toFixed(1), ((p50 * 1000) / count).toFixed(1)];
});
console.log('Placement with five terms and two spread constraints, policy compilation included.\n');
console.log(formatTable([['CLUSTERS', 'CHOSEN', 'P50 MS', 'P99 MS', 'P50 µs A CLUSTER'], ...rows]));

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
