import { ownApprovableKinds } from '../../functions/approvals/approval-subject.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { crossplyApiVersion } from '../../functions/runtime/validate-request.ts';
import { kindNamed } from '../explain/find-composite.ts';
import type { HubReader } from '../hub-reader/hub-reader.ts';
import { type HubWriter, liveWriter } from '../hub-reader/hub-writer.ts';
import { liveReader, wallClock } from '../hub-reader/live-reader.ts';
import type { PlacedKind } from '../hub-reader/placed-kinds.ts';
import { type KubeconfigFlags, readKubeconfig } from '../hub-reader/read-kubeconfig.ts';

const ownKinds: readonly PlacedKind[] = ownApprovableKinds.map((kind) => ({ apiVersion: crossplyApiVersion, kind }));

/**
 * Returns the kinds among which `KIND/NAME` is looked up: Crossply's own unless it names the group of others, for tenants
 * may not read Compositions, which tell of those.
 */
export function rolloutKinds(target: string): readonly PlacedKind[] | undefined {
  const [word = ''] = target.includes('/') ? target.split('/') : ['app'];
  return word.includes('.') && kindNamed(word, ownKinds) === undefined ? undefined : ownKinds;
}

/** A hub whose rollouts are looked after. */
export interface RolloutHub {
  readonly reader: HubReader;
  readonly writer: HubWriter;
  readonly now: () => Instant;
  /** Namespace of the context, where it says one. */
  readonly namespace?: string;
}

/** Returns the hub that the flags name, or what is wrong with them. */
export async function openRolloutHub(flags: KubeconfigFlags): Promise<Checked<RolloutHub>> {
  const config = await readKubeconfig(flags);
  if (config.problems !== undefined) return config;
  const namespace = config.value.getContextObject(config.value.getCurrentContext())?.namespace;
  return {
    value: {
      reader: await liveReader(config.value, 'read what a rollout stands on'),
      writer: await liveWriter(config.value),
      now: wallClock,
      ...(namespace !== undefined && { namespace }),
    },
  };
}
