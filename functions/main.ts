import { ServerCredentials } from '@grpc/grpc-js';
import { destination, pino } from 'pino';
import { registry } from './registry.ts';
import { readFlags, type ServerSettings, usage } from './runtime/flags.ts';
import { recordNothing, serveMetrics } from './runtime/metrics.ts';
import { startServer } from './runtime/server.ts';
import { mutualTls } from './runtime/tls.ts';

/** How long calls in flight may take after SIGTERM. */
const graceMs = 5_000;

async function main(settings: ServerSettings): Promise<void> {
  const log = pino({ level: settings.debug ? 'debug' : 'info' }, destination({ fd: 2, sync: true }));
  const server = await startServer(settings.address, {
    registry,
    credentials: settings.insecure ? ServerCredentials.createInsecure() : mutualTls(settings.tlsCertsDir),
    clock: () => Math.floor(Date.now() / 1000) * 1000,
    log,
    record: settings.metricsAddress === '' ? recordNothing : await metricsRecorder(settings.metricsAddress),
    maxReceiveMessageBytes: settings.maxReceiveMessageMiB * 1024 * 1024,
  });
  log.info({ port: server.port, tls: !settings.insecure }, 'serving');
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping; a second signal stops at once');
    void server.stop(graceMs).then(() => process.exit(0));
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

async function metricsRecorder(address: string) {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  const { record } = await serveMetrics(host, Number(address.slice(colon + 1))).catch((error: Error) => {
    throw new Error(`cannot serve metrics on ${address}: ${error.message}`);
  });
  return record;
}

const settings = readFlags(process.argv.slice(2), process.env);
if (settings === 'help') {
  process.stdout.write(usage);
} else if ('error' in settings) {
  process.stderr.write(`function-crossply: ${settings.error}\nSee function-crossply --help.\n`);
  process.exitCode = 2;
} else {
  main(settings).catch((error: unknown) => {
    process.stderr.write(`function-crossply: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
