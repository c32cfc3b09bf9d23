import { existsSync } from 'node:fs';
import type { Checked, Problem } from '../../functions/kube/problem.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import type { Terminal } from '../command.ts';
import { formatSeconds } from '../output/table.ts';
import { settleTree } from '../plan/settle-tree.ts';
import { type HubReader, offlineReader } from './hub-reader.ts';
import { liveReader, wallClock } from './live-reader.ts';
import { type KubeconfigFlags, readKubeconfig } from './read-kubeconfig.ts';
import { snapshotReader } from './snapshot-reader.ts';

/** The flags by which a command is told where the hub is. */
export const hubOptions = {
  filename: { type: 'string', short: 'f' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
} as const;

/** What those flags mean, for the help of a command. */
export const hubHelp = `  -f, --filename PATH       a folder or file instead of a hub: it is planned first, as crossply plan does it
      --kubeconfig FILE     the hub (default: the environment's KUBECONFIG, then ~/.kube/config)
      --context NAME        context of the kubeconfig (default: its current one)`;

/** Values of the flags. */
export interface HubFlags extends KubeconfigFlags {
  readonly filename?: string | undefined;
}

/** A hub to be asked. */
export interface OpenHub {
  readonly reader: HubReader;
  readonly now: Instant;
  /** Namespace of the context, where it says one. */
  readonly namespace?: string;
  /** What is wrong with the files, for a hub that was planned. */
  readonly problems: readonly string[];
}

/** How long a folder may take to settle, in virtual time. */
const maxVirtualSeconds = 7200;

/** Returns the hub that the flags name, or what is wrong with them. A folder is planned; a real hub is only read. */
export async function openHub(flags: HubFlags, terminal: Terminal): Promise<Checked<OpenHub>> {
  const { filename, kubeconfig, context } = flags;
  if (filename === undefined) return openLive(flags);
  if (kubeconfig !== undefined || context !== undefined)
    return wrong('--filename', 'goes without --kubeconfig and --context', 'a folder is planned without any hub');
  if (!existsSync(filename)) return wrong('--filename', `there is no file or folder ${filename}`);
  const onProgress = (seconds: number, doing: string) => terminal.progress(`${formatSeconds(seconds)} ${doing}`);
  const { hub, problems } = await settleTree(filename, { maxVirtualSeconds, onProgress });
  return { value: { reader: offlineReader(hub), now: hub.clock.now(), problems } };
}

async function openLive(flags: HubFlags): Promise<Checked<OpenHub>> {
  const config = await readKubeconfig(flags);
  if (config.problems !== undefined) return config;
  const namespace = config.value.getContextObject(config.value.getCurrentContext())?.namespace;
  return {
    value: {
      reader: snapshotReader(await liveReader(config.value)),
      now: wallClock(),
      problems: [],
      ...(namespace !== undefined && { namespace }),
    },
  };
}

function wrong(path: string, message: string, hint?: string): { readonly problems: readonly Problem[] } {
  return { problems: [hint === undefined ? { path, message } : { path, message, hint }] };
}
