import { amountOf, type Growth, type Replicas, type Stock } from './replica-stock.ts';

/** How many clusters a sentence names. */
const named = 3;

const words: { readonly [growth in Growth]: string } = {
  Waiting: ', whose turn has not come,',
  Moving: '',
  Failed: ', which has failed,',
  Lost: ', which cannot be reached,',
};

/** Returns why a cluster keeps replicas of some components, or stays with them when none are told: it says which clusters have to be healthy first. */
export function explainKeeping(
  replicas: Replicas | undefined,
  components: readonly string[],
  awaited: readonly Stock[],
  paused: ReadonlyMap<string, string>,
): string {
  return components
    .map((component) => {
      const takers = awaited.filter(({ goal, sure }) => amountOf(goal, component) > amountOf(sure, component));
      const first = takers.slice(0, named).map(({ cluster, growth = 'Moving', goal }) => {
        const state = paused.has(cluster) ? ', which is paused,' : words[growth];
        return `${cluster}${state} is healthy with ${amountOf(goal, component)}`;
      });
      const more = takers.length > named ? ` and ${takers.length - named} more with theirs` : '';
      const keeps =
        replicas === undefined
          ? `stays with its replicas of ${component}`
          : `keeps ${amountOf(replicas, component)} replicas of ${component}`;
      return `${keeps} until ${first.join(', ')}${more}`;
    })
    .join('; ');
}
