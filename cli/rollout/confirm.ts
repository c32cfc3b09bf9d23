import type { Terminal } from '../command.ts';

/** Tells whether a person says yes to a question; where nobody can be asked, or the answer is no, it says so. */
export async function isConfirmed(question: string, terminal: Terminal): Promise<boolean> {
  const answer = await terminal.ask(`${question} [y/N] `);
  if (answer === undefined) terminal.complain('nobody is there to be asked; say --yes if that is meant');
  else if (!/^y(es)?$/i.test(answer.trim())) terminal.complain('nothing was approved');
  else return true;
  return false;
}
