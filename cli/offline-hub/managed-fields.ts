import { isJsonList, isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/** Returns an object whose managedFields say that a manager changed it at a time. Which fields it owns is not written there. */
export function recordManager(
  object: KubeObject,
  manager: string,
  operation: 'Apply' | 'Update',
  part: 'main' | 'status',
  timestamp: string,
): KubeObject {
  const entry: JsonObject = {
    manager,
    operation,
    apiVersion: object.apiVersion,
    time: timestamp,
    fieldsType: 'FieldsV1',
    ...(part === 'status' && { subresource: 'status' }),
  };
  const list = object.metadata['managedFields'];
  const others = (isJsonList(list) ? list : []).filter(
    (item) =>
      isJsonObject(item) &&
      (item['manager'] !== manager || item['operation'] !== operation || item['subresource'] !== entry['subresource']),
  );
  return { ...object, metadata: { ...object.metadata, managedFields: [...others, entry] } };
}
