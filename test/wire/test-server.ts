import type { TestContext } from 'node:test';
import { ServerCredentials } from '@grpc/grpc-js';
import { pino } from 'pino';
import type { CompositionFunction } from '../../functions/runtime/composition-function.ts';
import { recordNothing } from '../../functions/runtime/metrics.ts';
import { type RunningServer, startServer } from '../../functions/runtime/server.ts';

/** The server in this process, for what the functions of the package never do; stopped when the test ends. */
export async function serveInProcess(
  t: TestContext,
  registry: ReadonlyMap<string, CompositionFunction>,
): Promise<RunningServer & { readonly address: string; readonly logged: readonly string[] }> {
  const logged: string[] = [];
  const server = await startServer('127.0.0.1:0', {
    registry,
    credentials: ServerCredentials.createInsecure(),
    clock: () => 0,
    log: pino({ level: 'info' }, { write: (line) => void logged.push(line) }),
    record: recordNothing,
    maxReceiveMessageBytes: 64 * 1024 * 1024,
  });
  t.after(() => server.stop(0));
  return { ...server, address: `127.0.0.1:${server.port}`, logged };
}
