import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { JsonPatchOperation } from '../../functions/kube/json-patch.ts';

/** One kind of bad input and what a user must be told of it. */
export interface Case {
  readonly reason: string;
  /** JSON patches on objects of the base by `Kind/name`; a patch of name or namespace makes one more object. */
  readonly change: { readonly [object: string]: readonly JsonPatchOperation[] };
  readonly reported: {
    /** The kind whose object tells it; absent when the API server refuses the change. */
    readonly on?: string;
    /** The condition type or status field that tells it, or `admission`. */
    readonly in: string;
    /** Fragments that one line holds all of. */
    readonly path: string;
    readonly message: string;
    readonly hint?: string;
  };
  /** Whether a strict API server would have refused it before the functions. */
  readonly refusedAtOnce?: boolean;
  /** Clusters that are right to take the change: it is wrong on the others only. */
  readonly mayChange?: readonly string[];
  /** How long the bad input stays; default one minute. */
  readonly virtualSeconds?: number;
}

/** Returns the table of bad inputs. */
export function readCases(): readonly Case[] {
  const table: { readonly cases: readonly Case[] } = parse(
    readFileSync(join(import.meta.dirname, 'cases.yaml'), 'utf8'),
  );
  return table.cases;
}
