import { ServerCredentials } from '@grpc/grpc-js';
import { pino } from 'pino';
import type { KubeObject } from '../../functions/kube/object.ts';
import { registry } from '../../functions/registry.ts';
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
