import { parseDuration } from '../../functions/kube/duration.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import { didYouMean } from '../../functions/kube/schema-suggestion.ts';
import { refuse } from './subject.ts';

/** The flags of all subcommands. */
export const options = {
  namespace: { type: 'string', short: 'n' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  watch: { type: 'boolean', short: 'w' },
  output: { type: 'string', short: 'o' },
  wave: { type: 'string' },
  removals: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  reason: { type: 'string' },
  'expires-in': { type: 'string' },
  to: { type: 'string' },
  undo: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Name = keyof typeof options;

/** What stands on the command line, by flag. */
export type Flags = {
  readonly [name in Name]?: ((typeof options)[name]['type'] extends 'string' ? string : boolean) | undefined;
};

const subcommands = ['status', 'approve', 'reject', 'pause', 'resume', 'rollback', 'retry'] as const;

/** Name of a subcommand. */
export type Subcommand = (typeof subcommands)[number];

/** The flags that only some subcommands take. */
const flagsOf: { readonly [subcommand in Subcommand]: readonly Name[] } = {
  status: ['watch', 'output'],
  approve: ['wave', 'removals', 'yes', 'reason', 'expires-in'],
  reject: ['wave', 'reason'],
  ...{ pause: [], resume: [], retry: [] },
  rollback: ['to', 'undo'],
};

const common: readonly Name[] = ['namespace', 'kubeconfig', 'context', 'help'];

/** Returns the subcommand and what it is about, or what is wrong with the command line. */
export function readCommand(
  positionals: readonly string[],
  flags: Flags,
): Checked<{ readonly subcommand: Subcommand; readonly target: string }> {
  const [word = '', target, ...rest] = positionals;
  const subcommand = subcommands.find((each) => each === word);
  if (subcommand === undefined) {
    const meant = didYouMean(word, subcommands) ?? `there are ${subcommands.join(', ')}`;
    return refuse(word === '' ? 'rollout takes a subcommand' : `there is no subcommand "${word}"`, meant);
  }
  if (target === undefined || rest.length > 0 || target.startsWith('/') || target.endsWith('/'))
    return refuse(`rollout ${subcommand} takes one KIND/NAME, such as app/shop`);
  const names = Object.keys(flags) as readonly Name[];
  const stray = names.find((name) => !common.includes(name) && !flagsOf[subcommand].includes(name));
  if (stray !== undefined) return refuse(`--${stray}: is not a flag of rollout ${subcommand}`);
  const mistake = mistakeIn(subcommand, flags);
  return mistake === undefined ? { value: { subcommand, target } } : refuse(mistake);
}

function mistakeIn(subcommand: Subcommand, flags: Flags): string | undefined {
  const { output, watch, reason, wave, removals, to, undo } = flags;
  const expiresIn = flags['expires-in'];
  if (output !== undefined && output !== 'table' && output !== 'json')
    return `--output: must be one of table, json (got "${output}")`;
  if (watch === true && output === 'json') return '--watch prints lines, so it goes without --output json';
  if (subcommand === 'reject' && (reason ?? '') === '')
    return '--reason: a rejection needs one, for those who have to mend what was rejected';
  if (removals === true && wave !== undefined) return '--removals: goes without --wave; they are approved one by one';
  if (to !== undefined && undo === true) return '--undo: goes without --to';
  if (expiresIn !== undefined && !((parseDuration(expiresIn) ?? 0) > 0))
    return `--expires-in: must be a duration such as 1h or 90m (got "${expiresIn}")`;
  return undefined;
}
