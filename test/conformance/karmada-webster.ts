import { byName, type TieOrder } from '../../functions/cluster-selector/replicas/tie-order.ts';
import { webster } from '../../functions/cluster-selector/replicas/webster.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';
import type { Family } from './family.ts';
import { uidTieOrder } from './uid-tie-order.ts';

type Counts = { readonly [name: string]: number };
type Replicas = { readonly cluster: string; readonly replicas: number };

type Question =
  | { op: 'seats'; newSeats: number; votes: Counts; initial: Counts; tieBreak: keyof typeof tieOrders }
  | { op: 'dispense'; newReplicas: number; initial: Counts; weights: Counts; uid?: string }
  | { op: 'spread'; replicas: number; targets: Counts; uid?: string }
  | { op: 'weights'; targets: readonly Replicas[]; scheduled: readonly Replicas[] }
  | { op: 'weightSum'; weights: readonly number[] };

/** The custom orders look at the names only, not at the seats. */
const tieOrders: { readonly [name in 'default' | 'nameAscending' | 'nameDescending']: TieOrder } = {
  default: uidTieOrder(''),
  nameAscending: byName,
  nameDescending: (a, b) => byName(b, a),
};

/** Seats by the method of Webster, and replicas dispensed by weight. */
export const karmadaWebster: Family = {
  name: 'karmada-webster',
  answer: (input) => answer(input as unknown as Question),
  agrees: (expected, given) => {
    const anyOf = isJsonObject(expected) ? expected['anyOf'] : undefined;
    const allowed = isJsonList(anyOf) ? anyOf : [expected];
    return allowed.some((one) => canonicalJson(one) === canonicalJson(given));
  },
};

function answer(question: Question): Json {
  switch (question.op) {
    case 'seats': {
      const { newSeats, votes, initial, tieBreak } = question;
      const seats = seatsOf(newSeats, votes, initial, tieOrders[tieBreak]);
      const names = Object.keys(seats).sort();
      return { parties: names.map((name) => ({ name, votes: votes[name] ?? 0, seats: seats[name] ?? 0 })) };
    }
    case 'dispense':
      return { replicas: dispense(question.newReplicas, question.weights, question.initial, question.uid) };
    case 'spread':
      return dispense(question.replicas, question.targets, {}, question.uid);
    case 'weights': {
      const last = new Map(question.scheduled.map(({ cluster, replicas }) => [cluster, replicas]));
      const weigh = ({ cluster, replicas }: Replicas) => ({ cluster, weight: replicas, last: last.get(cluster) ?? 0 });
      return { weights: question.targets.map(weigh) };
    }
    case 'weightSum':
      return { sum: sumOf(question.weights) };
  }
}

function dispense(more: number, weights: Counts, initial: Counts, uid = ''): Counts {
  return sumOf(Object.values(weights)) === 0 ? initial : seatsOf(more, weights, initial, uidTieOrder(uid));
}

function seatsOf(more: number, votes: Counts, initial: Counts, ties: TieOrder): Counts {
  const names = Object.keys({ ...votes, ...initial });
  const parties = names.map((name) => ({ name, votes: votes[name] ?? 0, seats: initial[name] ?? 0 }));
  return Object.fromEntries(webster(more, parties, ties));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
