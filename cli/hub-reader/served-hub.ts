import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { isNamespacedKind } from '../offline-hub/kind-scope.ts';

/** A tiny API server for as long as a test runs: it answers reads, and takes merge patches and new objects. */
export interface ServedHub {
  /** A kubeconfig file whose current context is `hub`. */
  readonly kubeconfig: string;
  /** Method and path of every request so far. */
  readonly requests: readonly string[];
  /** The objects as they are now. */
  readonly objects: readonly KubeObject[];
}

/** How the server behaves otherwise than expected. */
interface Manners {
  /** Answers every request with this code. */
  readonly refusal?: number;
  /** Answers every write of an object with this code. */
  readonly writeRefusal?: number;
  /** Who is asking; `reader` unless said otherwise. */
  readonly user?: string;
  /** Namespace that the context of the kubeconfig names. */
  readonly namespace?: string;
}

/** Lists come in pages of so many, so that a reader has to ask on. */
const pageSize = 2;

/** Serves objects as the API server of a hub does, over plain HTTP on this machine. */
export async function serveHub(
  t: TestContext,
  given: readonly KubeObject[],
  { refusal, writeRefusal, namespace, user = 'reader' }: Manners = {},
): Promise<ServedHub> {
  const requests: string[] = [];
  const objects = [...given];
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '' } = request;
    requests.push(`${method} ${url}`);
    const place = new URL(url, 'http://hub');
    const isReview = place.pathname.endsWith('/selfsubjectreviews');
    const isStrange = method === 'PATCH' && request.headers['content-type'] !== 'application/merge-patch+json';
    const refused =
      refusal ?? (isStrange ? 415 : undefined) ?? (method === 'GET' || isReview ? undefined : writeRefusal);
    const body = method === 'GET' ? {} : ((await json(request)) as KubeObject);
    const found =
      refused !== undefined
        ? undefined
        : isReview
          ? { ...body, status: { userInfo: { username: user } } }
          : method === 'GET'
            ? answer(objects, place)
            : write(objects, place, body);
    if (found !== undefined) send(response, 200, found);
    else send(response, refused ?? 404, { kind: 'Status', message: `code ${refused ?? 404} it is` });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'crossply-hub-'));
  t.after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  const kubeconfig = join(folder, 'kubeconfig');
  const { port } = server.address() as AddressInfo;
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(`http://127.0.0.1:${port}`, namespace)));
  return { kubeconfig, requests, objects };
}

/** Returns a kubeconfig with the contexts `hub`, which is current, and `stray`, whose cluster is not there. */
export function kubeconfigOf(server: string, namespace?: string): Json {
  const context = { cluster: 'hub', user: 'reader', ...(namespace !== undefined && { namespace }) };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'hub',
    clusters: [{ name: 'hub', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'reader', user: { token: 'none' } }],
    contexts: [
      { name: 'hub', context },
      { name: 'stray', context: { ...context, cluster: 'elsewhere' } },
    ],
  };
}

function answer(objects: readonly KubeObject[], { pathname, searchParams }: URL): Json | undefined {
  const [, group, version, ...rest] = pathname.split('/').filter((part) => part !== '');
  const apiVersion = `${group}/${version}`;
  const served = objects.filter((each) => each.apiVersion === apiVersion);
  if (served.length === 0) return undefined;
  if (rest.length === 0) return { kind: 'APIResourceList', groupVersion: apiVersion, resources: resourcesOf(served) };
  const [namespace, plural, name] = rest[0] === 'namespaces' && rest.length > 1 ? rest.slice(1) : [undefined, ...rest];
  const fitting = served
    .filter(({ kind }) => pluralOf(kind) === plural)
    .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
  if (name !== undefined) return fitting.find(({ metadata }) => metadata.name === name);
  const start = Number(searchParams.get('continue') ?? 0);
  const next = start + pageSize;
  // Items of a list say neither their apiVersion nor their kind on a real server either.
  const items = fitting.slice(start, next).map(({ apiVersion: _, kind: __, ...item }): Json => item);
  return { kind: 'List', metadata: next < fitting.length ? { continue: String(next) } : {}, items };
}

/** Carries out a merge patch of the object at a place, or adds one; nothing when there is none to be patched. */
function write(objects: KubeObject[], { pathname }: URL, body: JsonObject): Json | undefined {
  const [, , , , namespace, plural, name] = pathname.split('/').filter((part) => part !== '');
  if (name === undefined) {
    const { generateName = '', ...metadata } = (body as KubeObject).metadata;
    const created = { ...(body as KubeObject), metadata: { name: `${generateName}x7k2p`, ...metadata } };
    objects.push(created);
    return created;
  }
  const at = objects.findIndex(
    ({ kind, metadata }) => pluralOf(kind) === plural && metadata.namespace === namespace && metadata.name === name,
  );
  const old = objects[at];
  if (old === undefined) return undefined;
  objects[at] = mergePatch(old, body) as KubeObject;
  return objects[at];
}

/** RFC 7386. */
function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged: { [key: string]: Json | undefined } = isJsonObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

function resourcesOf(objects: readonly KubeObject[]): readonly Json[] {
  const kinds = [...new Map(objects.map((each) => [each.kind, each])).values()];
  return kinds.flatMap(({ apiVersion, kind }) => {
    const resource = { kind, singularName: '', namespaced: isNamespacedKind(apiVersion, kind), verbs: ['get', 'list'] };
    return [
      { ...resource, name: pluralOf(kind) },
      { ...resource, name: `${pluralOf(kind)}/status` },
    ];
  });
}

function pluralOf(kind: string): string {
  return `${kind.toLowerCase()}s`;
}

function send(response: ServerResponse, code: number, body: Json): void {
  response.writeHead(code, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
