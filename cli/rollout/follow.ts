import { setTimeout as wait } from 'node:timers/promises';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatTimestamp } from '../../functions/kube/timestamp.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import type { Terminal } from '../command.ts';
import { readSubject, type Subject, titleOf } from './subject.ts';
import { isOver, tellChanges } from './tell-changes.ts';

/** How a rollout is followed. */
export interface Following {
  /** Returns the composite as it is now; nothing when it is gone. */
  readonly read: () => Promise<KubeObject | undefined>;
  readonly now: () => Instant;
  /** Milliseconds between two looks. */
  readonly everyMs: number;
}

/** Prints what changes in a rollout, each line with its time, until it ends: exit code 0, or 1 when the composite is gone. */
export async function follow(first: Subject, { read, now, everyMs }: Following, terminal: Terminal): Promise<number> {
  let known = first;
  while (!isOver(known)) {
    await wait(everyMs);
    const composite = await read();
    if (composite === undefined) {
      terminal.complain(`${titleOf(known)} is no longer there`);
      return 1;
    }
    const next = readSubject(composite);
    for (const line of tellChanges(known, next)) terminal.print(`${formatTimestamp(now())}  ${line}\n`);
    known = next;
  }
  return 0;
}
