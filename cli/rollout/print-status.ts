import type { PastRollout, RolloutProgress } from '../../functions/generated/types.ts';
import { formatDuration } from '../../functions/kube/duration.ts';
import { shorten } from '../../functions/kube/shorten.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { cut, formatTable } from '../output/table.ts';
import { nextSteps } from './next-step.ts';
import { type Subject, titleOf } from './subject.ts';

/** Reasons are sentences; wide ones would make every row wide. */
const reasonWidth = 100;
/** What the objects of a cluster say ends with the cause. */
const messageWidth = 300;
const mostClusters = 10;
const mostRollouts = 10;

/** Returns how a rollout goes as text: where it stands, what stops it, the waves, the clusters that are not done, what was rejected, what was before, and the command that would help. */
export function printStatus(subject: Subject, now: Instant): string {
  const { progress, status } = subject;
  const { rejected = [], history = [], brakes = [] } = progress;
  const behind = (status.assignments ?? []).filter(
    ({ phase, message }) => phase !== 'Healthy' || message !== undefined,
  );
  return [
    headline(subject, now),
    ...brakes.map((brake) => `  stopped: ${brake}`),
    ...(brakes.length === 0 ? waitLine(progress, now) : []),
    ...section('', waveRows(progress, now)),
    ...section(
      'not done',
      behind
        .slice(0, mostClusters)
        .map(({ cluster, phase, message }) => [cluster, phase, shorten(message ?? '', messageWidth)]),
      behind.length - mostClusters,
    ),
    ...section(
      'rolled back',
      rejected.map(({ revision, attempt, at, reason }) => [
        revision,
        `attempt ${attempt}`,
        at,
        cut(reason, reasonWidth),
      ]),
    ),
    ...section('history', historyRows(history)),
    ...section(
      'next',
      nextSteps(subject).map(({ command, why }) => [command, why]),
    ),
  ].join('\n');
}

/** Returns where a rollout stands in one line. */
export function headline(subject: Subject, now: Instant): string {
  const { status, progress } = subject;
  const { number, by, startedAt, endedAt, direction } = progress;
  const title = `${titleOf(subject)}  ${status.phase ?? 'Pending'}`;
  if (number === undefined || startedAt === undefined) return `${title}  no rollout has begun yet`;
  const took = formatDuration((endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt));
  return [
    title,
    `revision ${status.revision ?? 'none'}`,
    `rollout ${number}${direction === 'Back' ? ', back' : ''}${by === undefined ? '' : `, by ${by}`}`,
    endedAt === undefined ? `began ${startedAt}, ${took} ago` : `ended ${endedAt} after ${took}`,
  ].join('  ');
}

function waitLine({ message, nextDecisionAt }: RolloutProgress, now: Instant): readonly string[] {
  if (message === undefined) return [];
  const next = nextDecisionAt === undefined ? undefined : Date.parse(nextDecisionAt);
  const when = next === undefined || next <= now ? '' : `  (decided again in ${formatDuration(next - now)})`;
  return [`  ${message}${when}`];
}

/** Columns in which nothing stands are left out. */
function waveRows({ waves }: RolloutProgress, now: Instant): readonly (readonly string[])[] {
  if (waves.length === 0) return [];
  const isApproved = waves.some(({ approvedBy = [] }) => approvedBy.length > 0);
  const hasFailed = waves.some(({ failed }) => failed > 0);
  const ago = (time: string | undefined) =>
    time === undefined ? '-' : `${formatDuration(now - Date.parse(time))} ago`;
  return [
    [
      ...['WAVE', 'STATE', 'CLUSTERS', 'UPDATED', 'HEALTHY', ...(hasFailed ? ['FAILED'] : []), 'OPENED'],
      ...[...(isApproved ? ['APPROVED BY'] : []), 'WAITS FOR'],
    ],
    ...waves.map(({ name, state, clusters, updated, healthy, failed, openedAt, approvedBy = [], message = '' }) => [
      ...[name, state, String(clusters), String(updated), String(healthy), ...(hasFailed ? [String(failed)] : [])],
      ago(openedAt),
      ...(isApproved ? [approvedBy.join(', ') || '-'] : []),
      message,
    ]),
  ];
}

function historyRows(history: readonly PastRollout[]): readonly (readonly string[])[] {
  if (history.length === 0) return [];
  return [
    ['ROLLOUT', 'REVISION', 'BY', 'STARTED', 'ENDED', 'OUTCOME'],
    ...history
      .slice(0, mostRollouts)
      .map(({ number, revision, by = '-', startedAt, endedAt, outcome, message }) => [
        ...[String(number), revision, by, startedAt, endedAt],
        message === undefined ? outcome : `${outcome}: ${cut(message, reasonWidth)}`,
      ]),
  ];
}

function section(title: string, rows: readonly (readonly string[])[], more = 0): readonly string[] {
  if (rows.length === 0) return [];
  const rest = more > 0 ? [`  and ${more} more`] : [];
  return ['', ...(title === '' ? [] : [`${title}:`]), formatTable(rows, '  '), ...rest];
}
