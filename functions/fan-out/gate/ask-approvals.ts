import type { RolloutRecord, WaveAsk } from '../../generated/types.ts';
import { formatTimestamp } from '../../kube/timestamp.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import { keepsRevision } from './compare-entry.ts';
import { termsOf } from './settled-waves.ts';
import type { Wave } from './survey-waves.ts';

/** What a wave needs people for. */
export type Ask = WaveAsk & {
  /** Clusters that wait for them now, some of those that the ask is about. */
  readonly waiting: ReadonlySet<string>;
};

/** How many names a sentence lists. */
const listed = 5;

/**
 * Returns what each wave has to ask people now, by wave. An ask stands from when it was first put in this form: a cluster
 * more, another choice of clusters or another quorum puts it anew, and what was approved before does not count. The quorum
 * that a wave has asked for stays until the rollout ends, whatever becomes of its settings; that of a wave which is gone
 * before it opened falls to all that have yet to open.
 */
export function askApprovals(waves: readonly Wave[], run: RolloutRecord, now: Instant): ReadonlyMap<string, Ask> {
  const orphaned = orphanedQuorum(waves, run);
  return new Map(
    waves.flatMap((wave): [string, Ask][] => {
      const { name, quorum } = wave.policy;
      const opening = run.waves.find((each) => each.name === name);
      const isOpened = opening?.openedAt !== undefined;
      const known = run.asks?.find((each) => each.wave === name);
      const wanted = Math.max(quorum, known?.quorum ?? 0, isOpened ? 0 : orphaned);
      const members = wave.counted.map(({ name: cluster }) => cluster);
      const covered = new Set(isOpened ? (opening.clusters ?? members) : []);
      const isRepeat = new Set<string>();
      const waiting = wave.counted
        .filter(({ hasTarget }) => !hasTarget)
        .filter(({ name: cluster, entry, next }) => {
          const getsOtherValues = covered.has(cluster) && entry !== undefined && keepsRevision(entry, next);
          if (getsOtherValues) isRepeat.add(cluster);
          return getsOtherValues || !covered.has(cluster);
        })
        .map(({ name: cluster }) => cluster);
      if (wanted === 0 || waiting.length === 0) return [];
      const isAnswered = isRepeat.size > 0 && known !== undefined && known.at <= (opening?.openedAt ?? '');
      const change = changeOf(known, { quorum: wanted, terms: termsOf(wave.policy), waiting, isAnswered });
      if (known !== undefined && change === undefined) return [[name, { ...known, waiting: new Set(waiting) }]];
      const isFirstLook = run.asks === undefined && run.waves.length === 0;
      const ask: WaveAsk = {
        ...{ wave: name, at: isFirstLook ? run.startedAt : formatTimestamp(now), quorum: wanted },
        ...{ terms: termsOf(wave.policy), clusters: waiting },
        ...(change !== undefined && { changed: change.slice(0, 512) }),
      };
      return [[name, { ...ask, waiting: new Set(waiting) }]];
    }),
  );
}

/** Returns the asks to remember: those that were put now, and those of before, for their quorum stays; but not those of a wave that is gone after it was opened. */
export function asksToRemember(
  asks: ReadonlyMap<string, Ask>,
  run: RolloutRecord,
  waves: readonly Wave[],
): readonly WaveAsk[] {
  const isOver = ({ wave }: WaveAsk) =>
    run.waves.some(({ name, openedAt }) => name === wave && openedAt !== undefined) &&
    !waves.some(({ policy }) => policy.name === wave);
  const others = (run.asks ?? []).filter((ask) => !asks.has(ask.wave) && !isOver(ask));
  return [...others, ...[...asks.values()].map(({ waiting: _, ...ask }) => ask)].sort((a, b) =>
    a.wave < b.wave ? -1 : 1,
  );
}

/** The most people that a wave asked for which is gone before it was opened. */
function orphanedQuorum(waves: readonly Wave[], { asks = [], waves: opened }: RolloutRecord): number {
  const known = new Set([
    ...waves.map(({ policy: { name } }) => name),
    ...opened.flatMap(({ name, openedAt }) => (openedAt === undefined ? [] : [name])),
  ]);
  return Math.max(0, ...asks.flatMap(({ wave, quorum }) => (known.has(wave) ? [] : [quorum])));
}

/** Returns what is different from what people were asked before; nothing when they were not, or nothing is. */
function changeOf(
  known: WaveAsk | undefined,
  now: Pick<WaveAsk, 'quorum' | 'terms'> & { readonly waiting: readonly string[]; readonly isAnswered: boolean },
): string | undefined {
  if (known === undefined) return undefined;
  const before = new Set(known.clusters);
  const added = now.waiting.filter((cluster) => !before.has(cluster));
  const more = added.length > listed ? ` and ${added.length - listed} more` : '';
  if (added.length > 0) return `${added.slice(0, listed).join(', ')}${more} came to it`;
  if (known.terms !== now.terms) return 'it chooses its clusters otherwise now';
  if (known.quorum !== now.quorum) return `it asks for ${now.quorum} people now, not ${known.quorum}`;
  return now.isAnswered ? `${now.waiting.slice(0, listed).join(', ')} would get other values` : undefined;
}
