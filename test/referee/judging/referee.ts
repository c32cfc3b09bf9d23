import type { Finding } from './finding.ts';
import type { Judge, LineJudge } from './judge.ts';
import { approvalsGiven } from './promises/approvals.ts';
import { brakesHold, cordsKeep, windowsHold } from './promises/brakes.ts';
import { failureBudget } from './promises/failure-budget.ts';
import { healthTold } from './promises/health-told.ts';
import { maxConcurrent } from './promises/max-concurrent.ts';
import { maxJoining } from './promises/max-joining.ts';
import { neverRecreated } from './promises/never-recreated.ts';
import { nothingLeftOut } from './promises/nothing-left-out.ts';
import { proofFirst } from './promises/proof-first.ts';
import { readyTotalHolds } from './promises/ready-total.ts';
import { fewLeaveAtOnce, lastHealthyStays } from './promises/removals.ts';
import { repairFirst } from './promises/repair-first.ts';
import { rollsBack } from './promises/rollback.ts';
import { roomOnce } from './promises/room-once.ts';
import { scalesAtOnce } from './promises/scales-at-once.ts';
import { wavesInOrder } from './promises/waves-in-order.ts';
import { rolloutsOf } from './rollout.ts';
import { nameOf, type Timeline } from './timeline.ts';

const ofRollouts: readonly Judge[] = [
  ...[wavesInOrder, maxConcurrent, proofFirst, failureBudget, rollsBack],
  ...[approvalsGiven, brakesHold, windowsHold, repairFirst, maxJoining],
];

const ofComposites: readonly LineJudge[] = [
  ...[cordsKeep, fewLeaveAtOnce, lastHealthyStays, neverRecreated, healthTold, scalesAtOnce, readyTotalHolds],
];

/** Returns every promise that was broken in a timeline, in order of time. */
export function judge(timeline: Timeline): readonly Finding[] {
  const findings = timeline.composites.flatMap((line): readonly Finding[] => {
    const about = nameOf(line);
    return rolloutsOf(timeline, line).flatMap((rollout) =>
      ofRollouts.flatMap((each) => each(timeline, rollout).map((finding) => ({ ...finding, about }))),
    );
  });
  return inTime([...findings, ...judgePlacement(timeline)]);
}

/** Returns every promise that was broken in a timeline, but for those of waves: which clusters wait for them cannot be told from outside where room decides who is chosen. */
export function judgePlacement(timeline: Timeline): readonly Finding[] {
  const findings = timeline.composites.flatMap((line) => ofComposites.flatMap((each) => each(timeline, line)));
  return inTime([...findings, ...roomOnce(timeline), ...nothingLeftOut(timeline)]);
}

function inTime(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => a.at - b.at);
}
