/** One mistake in somebody's input, told so that they can mend it. Mistakes are collected and reported together, never thrown. */
export interface Problem {
  /** Where: a field path such as `spec.placement.numberOfClusters`; empty for the object as a whole. */
  readonly path: string;
  /** What is wrong, with the offending value: `must be at least 1 (got 0)`. */
  readonly message: string;
  /** What would help, when that is known: `did you mean "clusterSelector"?`. */
  readonly hint?: string;
}

/** Returns a value or all the problems that prevent it. */
export type Checked<T> =
  | { readonly value: T; readonly problems?: never }
  | { readonly problems: readonly Problem[]; readonly value?: never };

/** Returns one line for a problem: `path: message; hint`. */
export function formatProblem({ path, message, hint }: Problem): string {
  const where = path === '' ? message : `${path}: ${message}`;
  return hint === undefined ? where : `${where}; ${hint}`;
}

/** Returns the problems as one text of at most `limit` lines, the rest counted. */
export function formatProblems(problems: readonly Problem[], limit = 20): string {
  const lines = problems.slice(0, limit).map(formatProblem);
  const more = problems.length - lines.length;
  return (more > 0 ? [...lines, `and ${more} more`] : lines).join('\n');
}
