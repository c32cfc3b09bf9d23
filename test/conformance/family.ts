import type { Json } from '../../functions/kube/json.ts';

/** One question of a table and the peer's answer, in the schema of the table's family. */
export interface Case {
  readonly name: string;
  readonly input: Json;
  readonly expected: Json;
}

/** How the questions of one family are put to our functions. */
export interface Family {
  /** The `family` field of the tables it answers. */
  readonly name: string;
  /** Our answer to a case's `input`, in the table's schema. Throws on a question that the schema does not have. */
  readonly answer: (input: Json) => Json;
  /** Whether our answer says what the table expects; without it both must be the same JSON, in any order of keys. */
  readonly agrees?: (expected: Json, given: Json) => boolean;
  /** Why a question cannot be put to us, if so: our model has nothing that it could be about. */
  readonly unmapped?: (input: Json) => string | undefined;
}
