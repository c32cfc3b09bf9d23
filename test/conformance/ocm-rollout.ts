import { parseDuration } from '../../functions/kube/duration.ts';
import { resolveIntOrPercent } from '../../functions/kube/int-or-percent.ts';
import type { Json } from '../../functions/kube/json.ts';
import { agreeOn } from './agree-on.ts';
import type { Family } from './family.ts';
import { lookAt, type OcmFleet, type OcmStatus } from './ocm-fleet.ts';

type Question =
  | ({ op: 'plan' } & OcmFleet)
  | { op: 'advance'; cluster: OcmStatus; minSuccessSeconds: number; deadlineSeconds: number }
  | { op: 'recheckAfter'; clusters: readonly (OcmStatus & { readonly recheckAt: number | null })[] }
  | { op: 'size'; threshold: number | string; total: number; default: number }
  | { op: 'deadline'; text: string };

/** Which clusters change now, which have failed, which should leave, and when to look again. */
export const ocmRollout: Family = {
  name: 'ocm-rollout',
  answer: (input) => answer(input as unknown as Question),
  agrees: (expected, given) => agree(inShort(expected), given),
  unmapped: (input) => unmapped(input as unknown as Question | { op: 'groupKeys' }),
};

const agree = agreeOn('rollout', 'timedOut', 'removed');

function answer(question: Question): Json {
  switch (question.op) {
    case 'plan':
      return lookAt(question);
    case 'advance': {
      const { cluster, minSuccessSeconds, deadlineSeconds } = question;
      const { rollout, timedOut } = lookAt({
        ...alone([cluster]),
        strategy: strategyOf(minSuccessSeconds, deadlineSeconds),
      });
      return { rollout, timedOut };
    }
    case 'recheckAfter': {
      const far = 1_000_000;
      const existing = question.clusters.map(({ recheckAt, ...status }) => ({
        ...status,
        lastTransition: recheckAt === null ? status.lastTransition : recheckAt - far,
      }));
      const { recheckAfter } = lookAt({ ...alone(existing), strategy: strategyOf(far, far) });
      return { recheckAfter };
    }
    case 'size': {
      const size = resolveIntOrPercent(question.threshold, question.total, 'up');
      if (size.value === undefined) return { size: question.default, error: true };
      return { size: Math.min(question.total, size.value), error: false };
    }
    case 'deadline': {
      const deadline = parseDuration(question.text);
      return { seconds: deadline === undefined ? null : deadline / 1000, error: deadline === undefined };
    }
  }
}

/** What we have no word for. */
function unmapped(question: Question | { op: 'groupKeys' }): string | undefined {
  if (question.op === 'groupKeys') return 'waves choose clusters by label; there are no groups to refer to';
  if (question.op === 'deadline' && (question.text === 'None' || question.text === ''))
    return 'every cluster has a deadline, 10 minutes when nothing is said';
  if (question.op === 'size' && Number.parseInt(String(question.threshold), 10) <= 0)
    return 'nothing at a time cannot be asked for: the schema refuses 0 and less';
  return undefined;
}

/** Names of clusters are compared, not what the answer repeats of the question. */
function inShort(expected: Json): Json {
  const parts = expected as { readonly [part: string]: Json };
  const names = (list: Json) => (list as readonly { readonly cluster: string }[]).map(({ cluster }) => cluster);
  const lists = ['rollout', 'timedOut', 'removed'].filter((part) => parts[part] !== undefined);
  return { ...parts, ...Object.fromEntries(lists.map((part) => [part, names(parts[part] ?? [])])) };
}

function alone(existing: readonly OcmStatus[]): Omit<OcmFleet, 'strategy'> {
  return { existing, groups: [{ name: 'all', index: 0, clusters: existing.map(({ cluster }) => cluster) }] };
}

function strategyOf(minSuccessSeconds: number, deadlineSeconds: number): OcmFleet['strategy'] {
  const progressDeadline = `${deadlineSeconds}s`;
  return {
    type: 'All',
    progressDeadline,
    minSuccessSeconds,
    maxConcurrency: null,
    maxFailures: null,
    mandatoryGroups: [],
  };
}
