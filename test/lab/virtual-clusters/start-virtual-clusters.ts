import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { forwardRequest } from './forward-request.ts';
import { readKubeconfig, writeKubeconfig } from './kubeconfig.ts';
import { connectMember } from './member-api.ts';
import { sendStatus } from './send-status.ts';
import { clusterNameMistake } from './virtual-names.ts';

/** Where to serve virtual clusters, and the member behind them. */
export interface VirtualClusterSettings {
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Path of the member's kubeconfig, with inline data; its client certificate is also what the kubeconfigs made here carry. */
  readonly upstreamKubeconfig: string;
  /** PEM texts; callers need a certificate of this CA. */
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string };
}

/** A running server of virtual clusters; a cluster exists as soon as it is named. */
export interface VirtualClusters {
  readonly port: number;
  /** Returns the text of a kubeconfig for a virtual cluster. Throws when the name cannot be one. */
  kubeconfig(cluster: string): string;
  /** Makes a cluster unreachable: its connections break, and new ones end without an answer. */
  suspend(cluster: string): void;
  resume(cluster: string): void;
  close(): Promise<void>;
}

/** Serves virtual clusters under `/clusters/<name>` in front of one member; `PUT` and `DELETE /control/<name>/suspended` suspend and resume. */
export async function startVirtualClusters(settings: VirtualClusterSettings): Promise<VirtualClusters> {
  const upstream = readKubeconfig(readFileSync(settings.upstreamKubeconfig, 'utf8'));
  const member = connectMember(upstream);
  const suspended = new Set<string>();
  const inFlight = new Map<ServerResponse, string>();

  const suspend = (cluster: string) => {
    suspended.add(cluster);
    for (const [response, owner] of inFlight) if (owner === cluster) breakConnection(response);
  };
  const resume = (cluster: string) => {
    suspended.delete(cluster);
  };

  const orders = new Map([
    ['PUT /suspended', suspend],
    ['DELETE /suspended', resume],
  ]);

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const [, area = '', cluster = '', path = ''] =
      /^\/(clusters|control)\/([^/?]+)(.*)$/s.exec(request.url ?? '') ?? [];
    const mistake = clusterNameMistake(cluster);
    if (area === '')
      return sendStatus(response, 404, `"${request.url}" is not served here: ask for /clusters/<name>/…`);
    if (mistake !== undefined) return sendStatus(response, 404, mistake);
    if (area === 'control') {
      const order = orders.get(`${request.method} ${path}`);
      if (order === undefined) return sendStatus(response, 404, 'PUT or DELETE /control/<name>/suspended');
      order(cluster);
      return sendStatus(response, 200, `${cluster} is ${suspended.has(cluster) ? 'suspended' : 'reachable'}`);
    }
    if (suspended.has(cluster)) return breakConnection(response);
    const left = new AbortController();
    inFlight.set(response, cluster);
    response.on('close', () => {
      inFlight.delete(response);
      if (!response.writableFinished) left.abort();
    });
    const url = new URL(`http://member${path.startsWith('/') ? path : `/${path}`}`);
    await forwardRequest({ cluster, url, request, response, signal: left.signal }, member);
  };

  const server = createServer({ ...settings.tls, requestCert: true, rejectUnauthorized: true }, (request, response) => {
    serve(request, response).catch((error: Error) => {
      if (response.headersSent || response.destroyed) breakConnection(response);
      else
        sendStatus(
          response,
          502,
          `this request did not get through to the member at ${member.server}: ${error.message}`,
        );
    });
  });
  // Clients keep connections for as long as they like: one closed under a PATCH is an error that they do not retry.
  Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  server.listen(settings.port, settings.address);
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : settings.port;

  return {
    port,
    kubeconfig(cluster) {
      const mistake = clusterNameMistake(cluster);
      if (mistake !== undefined) throw new Error(mistake);
      const url = `https://${settings.address}:${port}/clusters/${cluster}`;
      return writeKubeconfig(cluster, { ...upstream, server: url, ca: settings.tls.ca });
    },
    suspend,
    resume,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      member.close();
      await closed;
    },
  };
}

/**
 * Ends the connection that a request came on. A request can arrive before the server has put the answer before it away; its own
 * answer has no socket then, and to destroy that would leave the caller waiting for ever.
 */
function breakConnection(response: ServerResponse): void {
  response.req.socket.destroy();
}
