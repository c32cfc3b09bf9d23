/** Where a fault shows: a test file, and which of its tests. */
export type Judge = { readonly file: string; readonly tests: string };

/** A fault put back into the functions, and who must notice. */
export type Mutant = {
  readonly what: string;
  /** The file, from the root of the repository. */
  readonly file: string;
  /** Text that stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  readonly judge: Judge;
};

/** Returns the model checker, over the worlds whose names match. */
export function checker(tests: string): Judge {
  return { file: 'test/rollout/rollout.test.ts', tests };
}

/** Returns the referee, over incidents of others whose names match. */
export function incident(tests: string): Judge {
  return { file: 'test/referee/incidents.test.ts', tests };
}

/** Returns the referee, over what people ask for and take back. */
export function people(tests: string): Judge {
  return { file: 'test/referee/people.test.ts', tests };
}

/** Returns the referee, over a subject of placement. */
export function placement(subject: string, tests: string): Judge {
  return { file: `test/referee/placement/${subject}.test.ts`, tests };
}
