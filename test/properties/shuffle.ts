import { type Random, seededRandom } from '../../cli/offline-hub/random.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';
import { RunFunctionRequest, RunFunctionResponse } from '../../functions/runtime/proto.ts';

/**
 * Lists that are sets by meaning, by the name of their field. All others are content and keep their order: containers, env,
 * args, volumes and the like stand in a pod as they were written, overrides apply one after the other, hole values and
 * the indices of overrides are what an entry's hash is made of.
 */
const sets: ReadonlySet<string> = new Set([
  'access',
  'assignments',
  'clusterNames',
  'clusterSets',
  'components',
  'conditions',
  'contacts',
  'excludedClusterNames',
  'items',
  'members',
  'properties',
  'readyClusters',
  'serviceAccounts',
]);

/** Returns a request that says the same with the members of every map and the items of every set in another order; what a step only passes through keeps the order of its lists. */
export function shuffleRequest(bytes: Uint8Array, seed: number): Uint8Array {
  const { input, context, observed, desired, requiredResources, ...rest } = RunFunctionRequest.decode(bytes);
  const random = seededRandom(seed);
  const facts = shuffle({ observed, requiredResources } as unknown as Json, '', random, sets);
  const passedThrough = shuffle({ input, context, desired } as unknown as Json, '', random, new Set());
  const mixed = { ...rest, ...(passedThrough as object), ...(facts as object) };
  return RunFunctionRequest.encode(mixed as RunFunctionRequest).finish();
}

/** Returns the bytes of a response with the members of every map sorted: maps have no order on the wire, and core does not keep any. */
export function withSortedMaps(bytes: Uint8Array): Buffer {
  const response = RunFunctionResponse.decode(bytes) as unknown as Json;
  return Buffer.from(RunFunctionResponse.encode(sortMaps(response) as unknown as RunFunctionResponse).finish());
}

function shuffle(value: Json, field: string, random: Random, unordered: ReadonlySet<string>): Json {
  if (isJsonList(value)) {
    const items = value.map((item) => shuffle(item, '', random, unordered));
    return unordered.has(field) ? random.shuffle(items) : items;
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([key, member]): [string, Json | undefined] => [
    key,
    member === undefined ? undefined : shuffle(member, key, random, unordered),
  ]);
  return Object.fromEntries(random.shuffle(members)) as JsonObject;
}

function sortMaps(value: Json): Json {
  if (isJsonList(value)) return value.map(sortMaps);
  if (!isJsonObject(value)) return value;
  const members = Object.keys(value)
    .sort()
    .map((key): [string, Json | undefined] => {
      const member = value[key];
      return [key, member === undefined ? undefined : sortMaps(member)];
    });
  return Object.fromEntries(members) as JsonObject;
}
