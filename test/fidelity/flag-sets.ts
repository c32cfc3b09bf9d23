import { join } from 'node:path';
import type { ExampleCase } from './example-cases.ts';

/** Arguments of render, the same for both programs, and for which composites they are tried. */
export interface FlagSet {
  readonly what: string;
  /** `OneOfEachKind` tries it for the first composite of a kind in all examples. */
  readonly scope: 'Every' | 'OneOfEachKind';
  /** Kinds that both programs are to render all the same, when others are to be refused; absent means that none is refused. */
  readonly refusesAllBut?: readonly string[];
  args(folder: string): readonly string[];
}

/** Every way in which both programs are asked to render a composite of an example. */
export const flagSets: readonly FlagSet[] = [
  {
    what: 'as first applied',
    scope: 'Every',
    args: (folder) => [...first(folder), '-e', join(folder, 'required'), '-r', '-c'],
  },
  {
    what: 'settled',
    scope: 'Every',
    args: (folder) => [
      ...settled(folder),
      '-o',
      join(folder, 'observed-owned.yaml'),
      ...required(folder),
      '-r',
      '-x',
      '-c',
    ],
  },
  {
    what: 'as first applied, in full, with its definition',
    scope: 'OneOfEachKind',
    args: (folder) => [...first(folder), ...required(folder), '-x', '--xrd', join(folder, 'definition.yaml'), '-r'],
  },
  {
    what: 'as first applied, over observed resources that name no owner',
    scope: 'OneOfEachKind',
    args: (folder) => [
      ...first(folder),
      ...required(folder),
      '--observed-resources',
      join(folder, 'observed.yaml'),
      '-r',
    ],
  },
  {
    what: 'settled, with all of its hub',
    scope: 'OneOfEachKind',
    args: (folder) => [...settled(folder), '-e', join(folder, 'hub.yaml'), '-r', '-x', '-c'],
  },
  {
    what: 'with nothing else on the hub',
    scope: 'OneOfEachKind',
    args: (folder) => [...first(folder), '-r', '-c'],
  },
  {
    what: 'with a context before the first step',
    scope: 'OneOfEachKind',
    args: (folder) => {
      const file = join(folder, 'xr.yaml');
      const values = ['--context-values', 'a.b/c={"x": [1]}', '--context-values', 'd=text'];
      const files = ['--context-files', `f=${file}`, '--context-files', `d=${file}`];
      return [...first(folder), ...required(folder), ...values, ...files, '-c'];
    },
  },
  {
    what: 'with a mistake in its spec',
    scope: 'OneOfEachKind',
    // The renderer of that example takes any spec.
    refusesAllBut: ['Website'],
    args: (folder) => [...renderOf(folder, 'mistaken.yaml'), ...required(folder), '-r'],
  },
];

/** Returns the cases that a flag set is tried with. */
export function casesFor({ scope }: FlagSet, cases: readonly ExampleCase[]): readonly ExampleCase[] {
  if (scope === 'Every') return cases;
  return cases.filter(({ kind }, index) => cases.findIndex((each) => each.kind === kind) === index);
}

function first(folder: string): readonly string[] {
  return renderOf(folder, 'xr.yaml');
}

function settled(folder: string): readonly string[] {
  return renderOf(folder, 'live.yaml');
}

function renderOf(folder: string, composite: string): readonly string[] {
  return [composite, 'composition.yaml', 'functions.yaml'].map((file) => join(folder, file));
}

function required(folder: string): readonly string[] {
  return ['inventory.yaml', 'rest.yaml'].flatMap((file) => ['-e', join(folder, 'required', file)]);
}
