/** Where a command writes and how it ends. */
export interface Terminal {
  /** Writes text to standard output and returns exit code 0. */
  print(text: string): 0;
  /** Writes one line to standard error. */
  complain(line: string): void;
  /** Says what is wrong with the command line and returns exit code 2. */
  misuse(message: string): 2;
  /** Asks a question and returns the answer; nothing when nobody is there to give one. */
  ask(question: string): Promise<string | undefined>;
  /** Shows how far long work is, when a person watches. */
  progress(text: string): void;
}

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** What it shows, in one line. */
  readonly summary: string;
  readonly help: string;
  /** Runs with the arguments after its name and returns the exit code: 0 fine, 1 problems, 2 usage. */
  run(args: readonly string[], terminal: Terminal): Promise<number> | number;
}
