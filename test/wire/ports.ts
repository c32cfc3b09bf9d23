import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { TestContext } from 'node:test';

/** Returns a port of 127.0.0.1 that something listens on until the test ends. */
export async function takenPort(t: TestContext): Promise<number> {
  const { server, port } = await listen();
  t.after(() => server.close());
  return port;
}

/** Returns a port of 127.0.0.1 that was free a moment ago, for flags that do not tell which port they chose. */
export async function freePort(): Promise<number> {
  const { server, port } = await listen();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listen(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen on a port');
  return { server, port: address.port };
}
