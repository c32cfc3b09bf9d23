import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { signsBefore } from './common-signs.ts';
import { evaluateHealth } from './health-cel.ts';
import type { Health, HealthRule, Sign } from './health-rule.ts';
import { type HealthRules, ownRules } from './health-rules.ts';
import { toldWords } from './told-words.ts';

/** Returns how a remote object fares by the rule of its kind. What a rule cannot tell is on its way, never healthy. */
export function judgeHealth(object: KubeObject, rules: HealthRules = ownRules): Health {
  const rule = rules.ruleOf(object);
  const isOwn = hasOwnHealth(object, rule);
  const disturbed = signsBefore(rule).find(({ sign }) => evaluateHealth(sign, object).value === true);
  if (disturbed !== undefined) {
    const { state, tells, words } = disturbed;
    return { state, message: tells.length === 0 ? words : toldWords(object, { tells }), isOwn };
  }
  for (const [state, sign] of verdictsOf(rule)) {
    const { value, failure } = evaluateHealth(sign, object);
    if (value === true) return { state, message: state === 'Healthy' ? 'is healthy' : wordsOf(object, rule), isOwn };
    if (failure !== undefined) return { state: 'Progressing', message: cannotTell(object, failure), isOwn };
  }
  const { silence } = rule;
  if (silence !== undefined && evaluateHealth(silence.sign, object).value === true)
    return { state: 'Silent', message: silence.words, isOwn: false };
  return { state: 'Progressing', message: wordsOf(object, rule), isOwn };
}

type Verdict = readonly [state: 'Failed' | 'Progressing' | 'Healthy', sign: Sign];

/** What a rule may say, in the order in which it is asked. */
function verdictsOf({ failed, progressing, healthy }: HealthRule): readonly Verdict[] {
  return [
    ...(failed === undefined ? [] : [['Failed', failed] as const]),
    ...(progressing === undefined ? [] : [['Progressing', progressing] as const]),
    ['Healthy', healthy],
  ];
}

/** Tells whether an object could be unwell at all by the rule of its kind. */
export function hasOwnHealth(object: KubeObject, { ownHealth }: HealthRule): boolean {
  return typeof ownHealth === 'string' ? evaluateHealth(ownHealth, object).value === true : ownHealth !== false;
}

function wordsOf(object: KubeObject, rule: HealthRule): string {
  const told = rule.message === undefined ? undefined : evaluateHealth(rule.message, object).value;
  return typeof told === 'string' && told !== '' ? told : toldWords(object, rule);
}

/** A rule of a team may stumble over a status that is not there yet. */
function cannotTell(object: KubeObject, failure: string): string {
  return isJsonObject(object.status) ? `its health cannot be told: ${failure}` : toldWords(object, {});
}
