import { readFileSync } from 'node:fs';
import { Agent, type RequestOptions, request } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/** Names one object. */
export interface ObjectKey {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** An answer of an API server that is no success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/**
 * An API server seen as plain JSON, with subresources; the typed clients of the library drop fields
 * that their version of Kubernetes does not know.
 */
export class Api {
  readonly #config = new KubeConfig();
  readonly #agent: Agent;
  readonly #resources = new Map<string, readonly Resource[]>();

  /** Speaks with the server of a kubeconfig, as its user. */
  constructor(kubeconfig: string) {
    this.#config.loadFromString(kubeconfig);
    const cluster = this.#config.getCurrentCluster();
    const user = this.#config.getCurrentUser();
    if (cluster === null || user === null) throw new Error(`the kubeconfig has no current context`);
    const pem = (data: string | undefined) => Buffer.from(data ?? '', 'base64');
    const tls = { ca: pem(cluster.caData), cert: pem(user.certData), key: pem(user.keyData) };
    this.#agent = new Agent({ ...tls, keepAlive: true, maxSockets: 16 });
  }

  /** Returns an object, or undefined when it is not there. */
  async find(key: ObjectKey): Promise<KubeObject | undefined> {
    try {
      return await this.get(key);
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined;
      throw error;
    }
  }

  async get(key: ObjectKey): Promise<KubeObject> {
    return (await this.call('GET', await this.#path(key))) as KubeObject;
  }

  /** Returns all objects of a kind, of one namespace or of all, that a label selector matches. */
  async list(apiVersion: string, kind: string, { namespace = '', labels = '' } = {}): Promise<readonly KubeObject[]> {
    const path = await this.#path({ apiVersion, kind, name: '', namespace });
    const query = labels === '' ? '' : `?labelSelector=${encodeURIComponent(labels)}`;
    const { items } = (await this.call('GET', `${path}${query}`)) as { items: readonly KubeObject[] };
    return items.map((item) => ({ ...item, apiVersion, kind }));
  }

  /** Creates or updates an object by server-side apply and returns it as it is now. */
  async apply(object: KubeObject, { manager = 'lab' } = {}): Promise<KubeObject> {
    const path = await this.#path(keyOf(object));
    const query = `?fieldManager=${manager}&force=true`;
    return (await this.call('PATCH', `${path}${query}`, object, 'application/apply-patch+yaml')) as KubeObject;
  }

  /** Changes an object by a merge patch (null removes) or, when given a list, by a JSON patch. */
  async patch(key: ObjectKey, change: JsonObject | readonly Json[], subresource = ''): Promise<KubeObject> {
    const type = Array.isArray(change) ? 'application/json-patch+json' : 'application/merge-patch+json';
    return (await this.call('PATCH', await this.#path(key, subresource), change, type)) as KubeObject;
  }

  /** Deletes an object; one that is not there is fine. */
  async delete(key: ObjectKey): Promise<void> {
    try {
      await this.call('DELETE', await this.#path(key), { propagationPolicy: 'Background' });
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 404)) throw error;
    }
  }

  /** Returns every object of the server that can be listed, but events, leases and the like that change by themselves. */
  async everything(): Promise<readonly KubeObject[]> {
    const { groups } = (await this.call('GET', '/apis')) as {
      groups: readonly { versions: [{ groupVersion: string }] }[];
    };
    const apiVersions = ['v1', ...groups.map(({ versions }) => versions[0].groupVersion)];
    const objects: KubeObject[] = [];
    for (const apiVersion of apiVersions.filter((each) => !passing.some((group) => each.startsWith(group)))) {
      for (const { name, kind, verbs } of await this.#discover(apiVersion)) {
        if (name.includes('/') || kind === 'Event' || kind === 'ComponentStatus' || !verbs.includes('list')) continue;
        objects.push(...(await this.list(apiVersion, kind)));
      }
    }
    return objects;
  }

  /** Makes one call and returns the parsed answer; refuses with an ApiError when it is no success. */
  call(method: string, path: string, body?: Json, contentType = 'application/json'): Promise<Json> {
    const server = new URL(this.#config.getCurrentCluster()?.server ?? '');
    const url = new URL(`${server.pathname.replace(/\/$/, '')}${path}`, server);
    const headers: RequestOptions['headers'] = { Accept: 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    // Node sends the body of a DELETE without its length unless told, and the server takes it for another request.
    if (text !== '') Object.assign(headers, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) });
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, agent: this.#agent, headers, timeout: 30_000 }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          const code = response.statusCode ?? 0;
          if (code >= 300) reject(new ApiError(code, messageOf(answer)));
          else resolve(/json/.test(response.headers['content-type'] ?? '') ? JSON.parse(answer) : answer);
        });
      });
      sent.on('error', reject).on('timeout', () => sent.destroy(new Error(`no answer within 30 s from ${url.host}`)));
      sent.end(text);
    });
  }

  async #path({ apiVersion, kind, name, namespace = '' }: ObjectKey, subresource = ''): Promise<string> {
    const resource = (await this.#discover(apiVersion)).find((each) => each.kind === kind && !each.name.includes('/'));
    if (resource === undefined) {
      this.#resources.delete(apiVersion);
      throw new ApiError(404, `no kind ${kind} in ${apiVersion}`);
    }
    const within = resource.namespaced && namespace !== '' ? ['namespaces', namespace] : [];
    const parts = [rootOf(apiVersion), ...within, resource.name, name, subresource];
    return parts.filter((part) => part !== '').join('/');
  }

  async #discover(apiVersion: string): Promise<readonly Resource[]> {
    const known = this.#resources.get(apiVersion);
    if (known !== undefined) return known;
    const { resources } = (await this.call('GET', rootOf(apiVersion))) as unknown as { resources: readonly Resource[] };
    this.#resources.set(apiVersion, resources);
    return resources;
  }
}

/** Returns the API of the server that a kubeconfig file names. */
export function apiOf(kubeconfigPath: string): Api {
  return new Api(readFileSync(kubeconfigPath, 'utf8'));
}

/** Returns what names an object. */
export function keyOf({ apiVersion, kind, metadata: { name = '', namespace } }: KubeObject): ObjectKey {
  return namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, name, namespace };
}

/** Groups whose objects come and go by themselves. */
const passing = [
  'events.k8s.io',
  'coordination.k8s.io',
  'metrics.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
];

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
