import type { Wave } from './policy.ts';
import { policySteps } from './policy-steps.ts';
import type { Rollout } from './rollout.ts';
import { during } from './steps.ts';
import type { Timeline } from './timeline.ts';

/** A span of a rollout in which a wave asked the same number of people about the same choice of clusters. */
export type Terms = { readonly from: number; readonly to: number; readonly wave: Wave; readonly quorum: number };

/**
 * Returns what a wave asked people for since a rollout began, until a moment. The quorum never falls within a rollout: what
 * is taken out of the policy in its middle opens nothing in it.
 */
export function termsOf(timeline: Timeline, rollout: Rollout, name: string, moment: number): readonly Terms[] {
  const found: Terms[] = [];
  let most = 0;
  for (const { at, value } of during(policySteps(timeline, rollout.line), rollout.at, moment)) {
    const wave = value.waves.find((each) => each.name === name);
    if (wave === undefined) continue;
    const from = Math.max(at, rollout.at);
    const last = found.at(-1);
    most = Math.max(most, wave.quorum);
    if (last !== undefined && sayChoice(last.wave) === sayChoice(wave) && last.quorum === most) continue;
    if (last !== undefined) found[found.length - 1] = { ...last, to: from };
    found.push({ from, to: moment, wave, quorum: most });
  }
  return found;
}

function sayChoice({ clusterSelector, count, percent }: Wave): string {
  return JSON.stringify([clusterSelector, count, percent]);
}
