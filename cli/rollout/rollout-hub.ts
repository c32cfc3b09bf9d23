import type { Checked } from '../../functions/kube/problem.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { crossplyApiVersion } from '../../functions/runtime/validate-request.ts';
import type { HubReader } from '../hub-reader/hub-reader.ts';
import { type HubWriter, liveWriter } from '../hub-reader/hub-writer.ts';
import { liveReader, wallClock } from '../hub-reader/live-reader.ts';
import type { PlacedKind } from '../hub-reader/placed-kinds.ts';
import { type KubeconfigFlags, readKubeconfig } from '../hub-reader/read-kubeconfig.ts';
import { approvableKinds } from './subject.ts';

/** The kinds whose rollouts people can look after. */
export const rolloutKinds: readonly PlacedKind[] = approvableKinds.map((kind) => ({
  apiVersion: crossplyApiVersion,
  kind,
}));

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
