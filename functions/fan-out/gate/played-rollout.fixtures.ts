import assert from 'node:assert/strict';
import type { Rollout, RolloutFloor, RolloutRecord } from '../../generated/types.ts';
import type { Labels } from '../../kube/label-requirement.ts';
import { formatTimestamp } from '../../kube/timestamp.ts';
import type { PlacedAssignment } from '../../slices/placed-assignment.ts';
import { resolveRollout } from '../policy/rollout-policy.ts';
import { beginRun } from '../record/begin-run.ts';
import { recordMoves } from '../record/record-moves.ts';
import { assignment, now, placed, wanted } from './gate-fixtures.ts';
import type { GateInput, Moves } from './moves.ts';
import { openGate } from './open-gate.ts';
import { type GivenApproval, readConsent } from './read-consent.ts';

/** Who edits the composite in the tests. */
const editor = 'ann';

/**
 * A rollout to the revision `new` that is looked at again and again. Between two looks a test may change whatever it likes:
 * which clusters there are, how they fare, the policy, what people say.
 */
export class PlayedRollout {
  now = now;
  rollout: Rollout;
  floor: RolloutFloor = {};
  clusters: readonly string[];
  labels: Map<string, Labels> = new Map();
  entries: Map<string, PlacedAssignment>;
  provable: ReadonlySet<string>;
  paused: Map<string, string> = new Map();
  blocked: Map<string, string> = new Map();
  approvals: GivenApproval[] = [];
  record: RolloutRecord | undefined;
  moves: Moves | undefined;

  constructor(rollout: Rollout, clusters: readonly string[], outgoing: 'old' | undefined = 'old') {
    this.rollout = rollout;
    this.clusters = clusters;
    this.provable = new Set(clusters);
    const since = formatTimestamp(now - 3_600_000);
    this.entries = new Map(
      outgoing === undefined
        ? []
        : clusters.map((name) => [name, placed(assignment(name, outgoing), 'Healthy', since)]),
    );
  }

  /** Looks once and returns the clusters that begin. */
  look(): readonly string[] {
    const policy = resolveRollout(this.rollout, 'spec.rollout', [this.floor]);
    assert.ok(policy.value, JSON.stringify(policy.problems));
    const facts = { revision: 'new', direction: 'Forward' as const, hasOtherValues: false, by: editor };
    const run = beginRun(this.record, facts, this.now);
    const input: GateInput = {
      ...{ current: [...this.entries.values()], wanted: wanted(...this.clusters), meanwhile: new Map() },
      ...{
        unwanted: new Set(),
        blocked: new Map(),
        brakes: [],
        paused: this.paused,
        provable: (cluster) => this.provable.has(cluster),
      },
      ...{ labels: this.labels, run },
      consent: (asks) =>
        readConsent(this.approvals, {
          ...{
            asks,
            revision: 'new',
            startedAt: Date.parse(run.startedAt),
            lastEditor: editor,
            used: [],
            now: this.now,
          },
        }),
    };
    this.moves = openGate(input, policy.value, this.now);
    this.record = recordMoves(this.record, run, { moves: this.moves, onFailure: 'Pause', attempt: 1 }, this.now);
    for (const entry of this.moves.set) {
      this.entries.set(entry.cluster, placed(entry, 'Applying', formatTimestamp(this.now)));
    }
    return this.moves.set.map(({ cluster }) => cluster).sort();
  }

  /** Lets clusters get healthy, or whatever else a test says, and reports it as of now. */
  report(
    clusters: readonly string[],
    phase: 'Healthy' | 'Unhealthy' | 'Unreachable' = 'Healthy',
    proves?: boolean,
  ): void {
    for (const name of clusters) {
      const entry = this.entries.get(name);
      assert.ok(entry, name);
      const { status, ...told } = placed(entry.assignment, phase, formatTimestamp(this.now));
      assert.ok(status);
      this.entries.set(name, { ...told, status: { ...status, ...(proves !== undefined && { proves }) } });
    }
  }

  /** Lets minutes pass. */
  wait(minutes: number): void {
    this.now += minutes * 60_000;
  }

  /** Somebody approves of a wave now. */
  approve(wave: string, approver: string, more: Partial<GivenApproval> = {}): void {
    const uid = `u${this.approvals.length}`;
    this.approvals.push({ uid, revision: 'new', wave, approver, createdAt: this.now, ...more });
  }

  /** What the last look says of a wave. */
  wave(name: string): Moves['waves'][number] {
    const found = this.moves?.waves.find((wave) => wave.name === name);
    assert.ok(found, name);
    return found;
  }
}
