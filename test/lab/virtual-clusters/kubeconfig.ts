import { Buffer } from 'node:buffer';
import { parse, stringify } from 'yaml';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../../functions/kube/json.ts';

/** How to reach an API server: its URL and PEM texts, all but the URL empty for plain HTTP. */
export interface Access {
  readonly server: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Returns the access that the current context of a kubeconfig gives. Throws unless certificates and key are inline data. */
export function readKubeconfig(text: string): Access {
  const config: unknown = parse(text);
  if (!isJsonObject(config)) throw new Error('this is no kubeconfig: it must be a YAML mapping');
  const context = entry(config, 'contexts', config['current-context'], 'context');
  const cluster = entry(config, 'clusters', context['cluster'], 'cluster');
  const user = entry(config, 'users', context['user'], 'user');
  const { server } = cluster;
  if (typeof server !== 'string') throw new Error('the kubeconfig names no server: set clusters[].cluster.server');
  const isPlain = server.startsWith('http:');
  const pem = (holder: JsonObject, field: string) => (isPlain ? '' : decoded(holder, field));
  return {
    server,
    ca: pem(cluster, 'certificate-authority-data'),
    cert: pem(user, 'client-certificate-data'),
    key: pem(user, 'client-key-data'),
  };
}

/** Returns a kubeconfig with inline data and one context, as provider-kubernetes takes it from a Secret. */
export function writeKubeconfig(name: string, { server, ca, cert, key }: Access): string {
  const encoded = (pem: string) => Buffer.from(pem).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': encoded(ca) } }],
    users: [{ name, user: { 'client-certificate-data': encoded(cert), 'client-key-data': encoded(key) } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}

function entry(config: JsonObject, list: string, name: Json | undefined, field: string): JsonObject {
  const entries = config[list];
  const found = isJsonList(entries) ? entries.filter(isJsonObject).find((item) => item['name'] === name) : undefined;
  const value = found?.[field];
  if (isJsonObject(value)) return value;
  throw new Error(`the kubeconfig has no ${field} "${String(name)}" under ${list}`);
}

function decoded(holder: JsonObject, field: string): string {
  const value = holder[field];
  if (typeof value === 'string') return Buffer.from(value, 'base64').toString();
  throw new Error(`the kubeconfig has no ${field}: put the PEM text there in base64 (files and tokens are not read)`);
}
