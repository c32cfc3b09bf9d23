import { createHash } from 'node:crypto';
import { groupOf, type KubeObject } from '../../functions/kube/object.ts';

/** Returns the uid that `crossplane composition render` gives a composite without one: a UUID version 5 of kind, namespace and name in the nil namespace. */
export function compositeUid({ apiVersion, kind, metadata: { namespace = '', name = '' } }: KubeObject): string {
  const group = groupOf(apiVersion);
  const version = apiVersion.slice(group === '' ? 0 : group.length + 1);
  const bytes = createHash('sha1')
    .update(Buffer.alloc(16))
    .update(`${group}/${version}, Kind=${kind}\0${namespace}\0${name}`)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
