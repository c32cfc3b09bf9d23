import type { JsonObject } from '../../functions/kube/json.ts';

/** A difference between the real program's documents and ours that means nothing. */
export interface AllowedDifference {
  readonly what: string;
  readonly why: string;
  /** Returns documents without the difference, and with everything else as it was. */
  level(documents: readonly JsonObject[]): readonly JsonObject[];
}

/** Every difference that two renders of the same input may have; whatever is not listed is a mistake. */
export const allowedInRender: readonly AllowedDifference[] = [
  {
    what: 'the order among the results that tell of resources that are not yet ready',
    why: 'core walks a Go map there, so that two runs of core differ too',
    level: (documents) => {
      const unready = documents
        .filter(isUnready)
        .sort((a, b) => (String(a['message']) < String(b['message']) ? -1 : 1));
      return documents.map((document) => (isUnready(document) ? (unready.shift() ?? document) : document));
    },
  },
];

function isUnready({ kind, message }: JsonObject): boolean {
  return kind === 'Result' && /^Composed resource ".*" is not yet ready$/.test(String(message));
}
