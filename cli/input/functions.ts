import { Client, credentials, ServerCredentials } from '@grpc/grpc-js';
import { pino } from 'pino';
import type { KubeObject } from '../../functions/kube/object.ts';
import { registry } from '../../functions/registry.ts';
import { connectFunction, type FunctionClient } from '../../functions/runtime/client.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { recordNothing } from '../../functions/runtime/metrics.ts';
import { type RunningServer, startServer } from '../../functions/runtime/server.ts';

/** The name by which Compositions refer to our functions. */
export const ownFunction = 'function-crossply';

const runtimeAnnotation = 'render.crossplane.io/runtime';
const targetAnnotation = 'render.crossplane.io/runtime-development-target';

/** Starts our functions on a free local port, with a clock of the caller's, and returns their server. */
export function startOwnFunctions(clock: () => Instant): Promise<RunningServer> {
  return startServer('127.0.0.1:0', {
    registry,
    credentials: ServerCredentials.createInsecure(),
    clock,
    log: pino({ level: 'silent' }),
    record: recordNothing,
    maxReceiveMessageBytes: 64 * 1024 * 1024,
  });
}

/** Returns where the other Functions listen, as `crossplane composition render` reads it from their annotations, or why that is not said. */
export function developmentTargets(functions: readonly KubeObject[]): {
  readonly targets: { readonly [name: string]: string };
  readonly problems: readonly string[];
} {
  const targets: { [name: string]: string } = {};
  const problems: string[] = [];
  for (const { metadata } of functions) {
    const name = metadata.name ?? '';
    if (name === ownFunction) continue;
    if (metadata.annotations?.[runtimeAnnotation] === 'Development')
      targets[name] = metadata.annotations[targetAnnotation] ?? 'localhost:9443';
    else
      problems.push(
        `Function ${name}: annotate it ${runtimeAnnotation}: Development and ${targetAnnotation}: HOST:PORT, and start it there; offline there is no container runtime`,
      );
  }
  return { targets, problems };
}

/** Returns a connection to a function of somebody else's whose answers hold until something changes: most ask to be called every minute, and a plan would never end. */
export function connectWithoutTtl(address: string): FunctionClient {
  const client = connectFunction(address);
  return {
    async runFunction(request) {
      const response = await client.runFunction(request);
      return { ...response, meta: response.meta && { ...response.meta, ttl: undefined } };
    },
    close: () => client.close(),
  };
}

/** Waits until functions accept connections, for those that were started a moment ago; a call to one that does not by then says why. */
export async function waitForFunctions(addresses: readonly string[], patienceSeconds = 3): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1000;
  const waits = addresses.map(
    (address) =>
      new Promise<void>((resolve) => {
        const client = new Client(address, credentials.createInsecure());
        client.waitForReady(deadline, () => {
          client.close();
          resolve();
        });
      }),
  );
  await Promise.all(waits);
}
