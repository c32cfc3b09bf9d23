import type { KubeObject } from '../../functions/kube/object.ts';

/** What a watcher is told. */
export interface WatchEvent {
  readonly type: 'Added' | 'Modified' | 'Deleted';
  readonly object: KubeObject;
  /** The object before a modification. */
  readonly old?: KubeObject;
}
