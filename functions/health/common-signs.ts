import type { Health, HealthRule, Sign } from './health-rule.ts';
import { allOf, has, isTrue } from './signs.ts';

/** What may be said of an object before the rule of its kind is asked. */
export type CommonSign = {
  readonly sign: Sign;
  readonly state: Exclude<Health['state'], 'Healthy' | 'Silent'>;
  readonly tells: readonly string[];
  readonly words: string;
};

const generation = 'string(object.metadata.generation)';

/** Argo Rollouts writes the generation as a string, all others as a number. */
const isOutdated = allOf(
  ...[has('status.observedGeneration'), has('metadata.generation')],
  `string(object.status.observedGeneration) != ${generation}`,
);

const isDeleted: CommonSign = {
  ...{ sign: has('metadata.deletionTimestamp'), state: 'Progressing' },
  ...{ tells: [], words: 'is being deleted' },
};

/** A deleted object is on its way out; a status of another generation says nothing of this one; and what kstatus asks of every controller. */
const ofEveryKind: readonly CommonSign[] = [
  isDeleted,
  {
    ...{ sign: isOutdated, state: 'Progressing', tells: [] },
    words: 'its status speaks of an older generation than the present one',
  },
  { sign: isTrue('Reconciling'), state: 'Progressing', tells: ['!Reconciling'], words: 'is being reconciled' },
  { sign: isTrue('Stalled'), state: 'Failed', tells: ['!Stalled'], words: 'is stalled' },
];

/** Returns what keeps an object from being healthy whatever its own rule says, first things first. What has no status is only asked whether it is being deleted. */
export function signsBefore({ healthy }: Pick<HealthRule, 'healthy'>): readonly CommonSign[] {
  return healthy === 'true' ? [isDeleted] : ofEveryKind;
}
