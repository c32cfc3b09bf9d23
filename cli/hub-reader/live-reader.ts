import type { CustomObjectsApi, KubeConfig } from '@kubernetes/client-node';
import { groupOf, type KubeObject } from '../../functions/kube/object.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import type { ListSelector } from '../offline-hub/object-index.ts';
import { answerOf, deciding } from './answer-of.ts';
import { connectHub } from './connect-hub.ts';
import type { HubReader } from './hub-reader.ts';

/** How many objects one page of a list holds. */
const pageSize = 500;

type Page = { readonly items: readonly KubeObject[]; readonly metadata?: { readonly continue?: string } };
type Resource = { readonly plural: string; readonly isNamespaced: boolean };

/** Returns the reader of the hub that a kubeconfig's current context names. What the hub refuses is thrown as an InputError that says what would help; `doing` says what it is read for. */
export async function liveReader(config: KubeConfig, doing = deciding): Promise<HubReader> {
  const api = await connectHub(config);
  const plurals = new Map<string, Promise<ReadonlyMap<string, Resource>>>();
  const resourceOf = async ({ apiVersion, kind }: Pick<ListSelector, 'apiVersion' | 'kind'>) => {
    const known = plurals.get(apiVersion) ?? discover(api, apiVersion, config, doing);
    plurals.set(apiVersion, known);
    return (await known).get(kind);
  };
  return {
    async get(ref) {
      const resource = await resourceOf(ref);
      if (resource === undefined) return undefined;
      const { name, namespace = '' } = ref;
      const place = { ...groupAndVersion(ref.apiVersion), plural: resource.plural, name };
      const read = resource.isNamespaced
        ? api.getNamespacedCustomObject({ ...place, namespace })
        : api.getClusterCustomObject(place);
      return answerOf<KubeObject>(read, config, doing);
    },
    async list(selector) {
      const resource = await resourceOf(selector);
      return resource === undefined ? [] : listAll(api, selector, resource, config, doing);
    },
  };
}

async function listAll(
  api: CustomObjectsApi,
  { apiVersion, kind, namespace, labels = {} }: ListSelector,
  { plural, isNamespaced }: Resource,
  config: KubeConfig,
  doing: string,
): Promise<readonly KubeObject[]> {
  const labelSelector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const objects: KubeObject[] = [];
  let next: string | undefined;
  do {
    const what = {
      ...groupAndVersion(apiVersion),
      plural,
      limit: pageSize,
      ...(labelSelector !== '' && { labelSelector }),
      ...(next !== undefined && { _continue: next }),
    };
    const page = await answerOf<Page>(
      isNamespaced && namespace !== undefined
        ? api.listNamespacedCustomObject({ ...what, namespace })
        : api.listClusterCustomObject(what),
      config,
      doing,
    );
    objects.push(...(page?.items ?? []).map((item) => ({ ...item, apiVersion, kind })));
    next = page?.metadata?.continue || undefined;
  } while (next !== undefined);
  return objects;
}

async function discover(
  api: CustomObjectsApi,
  apiVersion: string,
  config: KubeConfig,
  doing: string,
): Promise<ReadonlyMap<string, Resource>> {
  const found = await answerOf(api.getAPIResources(groupAndVersion(apiVersion)), config, doing);
  return new Map(
    (found?.resources ?? [])
      .filter(({ name }) => !name.includes('/'))
      .map(({ kind, name, namespaced }) => [kind, { plural: name, isNamespaced: namespaced }]),
  );
}

function groupAndVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  return { group: groupOf(apiVersion), version: apiVersion.slice(apiVersion.indexOf('/') + 1) };
}

/** Returns the time by which a real hub is judged: this machine's, in whole seconds. */
export function wallClock(): Instant {
  return Math.floor(Date.now() / 1000) * 1000;
}
