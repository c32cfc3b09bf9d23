import type { Buffer } from 'node:buffer';
import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Access } from './kubeconfig.ts';

/** One request to the member's API server, ready to send. */
export interface MemberRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: Buffer | string;
  /** Ends the request and its answer, as when the caller has left. */
  readonly signal: AbortSignal;
}

/** The real API server behind all virtual clusters. */
export interface MemberApi {
  readonly server: string;
  /** Resolves when the answer's head is there. */
  send(request: MemberRequest): Promise<http.IncomingMessage>;
  /** Closes the connections that wait for another request. */
  close(): void;
}

/** The API server closes idle connections after 90 s (net/http's IdleTimeout there); we must be first, or a write meets a closed one. */
const idleMs = 30_000;

/** Returns the API server that an access leads to, over kept-alive connections with its client certificate. */
export function connectMember({ server, ca, cert, key }: Access): MemberApi {
  const { protocol, hostname, port } = new URL(server);
  const isPlain = protocol === 'http:';
  const agent = isPlain
    ? new http.Agent({ keepAlive: true, timeout: idleMs })
    : new https.Agent({ keepAlive: true, timeout: idleMs, ca, cert, key });
  const open = isPlain ? http.request : https.request;
  return {
    server,
    async send({ method, path, headers, body, signal }) {
      const request = open({ agent, hostname, port, method, path, headers, signal });
      const answered = once(request, 'response');
      request.end(body);
      const [response] = await answered;
      request.on('error', () => {}); // what breaks from here on breaks the answer, which tells its reader
      return response;
    },
    close: () => agent.destroy(),
  };
}
