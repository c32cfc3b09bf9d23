import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a call of a function ended, for the `severity` label: an answer, an answer with Fatal, or a bug of ours. */
export type Outcome = 'ok' | 'fatal' | 'bug';

/** Records one call of a function. */
export type RecordCall = (call: {
  readonly name: string;
  readonly outcome: Outcome;
  readonly seconds: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
}) => void;

/** Records nothing: the process was started without a metrics address. */
export const recordNothing: RecordCall = () => {};

/** Serves Prometheus metrics on `host:port` and returns the recorder; the library is loaded only here, so that start-up stays short without it. */
export async function serveMetrics(
  host: string,
  port: number,
): Promise<{ record: RecordCall; server: Server; port: number }> {
  const { Counter, Histogram, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: 'crossply_function_calls_total',
    help: 'Calls of a composition function by how they ended.',
    labelNames: ['function', 'severity'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'crossply_function_seconds',
    help: 'Time of a call without the wire codec.',
    labelNames: ['function'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const bytes = new Histogram({
    name: 'crossply_function_message_bytes',
    help: 'Size of a request or response on the wire.',
    labelNames: ['function', 'direction'],
    buckets: [1e3, 1e4, 1e5, 5e5, 1e6, 2e6, 3e6, 4e6, 8e6, 3.2e7],
    registers: [registry],
  });
  const record: RecordCall = (call) => {
    calls.inc({ function: call.name, severity: call.outcome });
    seconds.observe({ function: call.name }, call.seconds);
    bytes.observe({ function: call.name, direction: 'request' }, call.requestBytes);
    bytes.observe({ function: call.name, direction: 'response' }, call.responseBytes);
  };
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end('see /metrics\n');
      return;
    }
    response.setHeader('content-type', registry.contentType).end(await registry.metrics());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return { record, server, port: (server.address() as AddressInfo).port };
}
