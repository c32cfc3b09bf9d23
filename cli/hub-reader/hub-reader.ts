import type { KubeObject } from '../../functions/kube/object.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import type { ListSelector } from '../offline-hub/object-index.ts';
import type { ObjectRef } from '../offline-hub/object-ref.ts';

/** Reads the objects of a hub, be it real or simulated; it never writes. */
export interface HubReader {
  /** Returns an object, or nothing when it, or its kind, is not there. */
  get(ref: ObjectRef): Promise<KubeObject | undefined>;
  /** Returns matching objects; none when their kind is not installed. */
  list(selector: ListSelector): Promise<readonly KubeObject[]>;
}

/** Returns the reader of an offline hub, as it is when it is read. */
export function offlineReader(hub: OfflineHub): HubReader {
  return {
    get: async (ref) => hub.get(ref),
    list: async (selector) => hub.list(selector),
  };
}
