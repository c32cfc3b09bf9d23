import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startVirtualClusters } from './start-virtual-clusters.ts';

const usage = 'node test/lab/virtual-clusters/main.ts --port PORT --upstream-kubeconfig FILE --tls-dir DIR';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'upstream-kubeconfig': { type: 'string' },
    /** Folder with ca.crt, tls.crt and tls.key. */
    'tls-dir': { type: 'string' },
  },
});
const { port, 'upstream-kubeconfig': upstreamKubeconfig, 'tls-dir': tlsDirectory } = values;
if (port === undefined || upstreamKubeconfig === undefined || tlsDirectory === undefined) {
  process.stderr.write(`All three flags are needed: ${usage}\n`);
  process.exit(2);
}

const pem = (file: string) => readFileSync(join(tlsDirectory, file), 'utf8');
const clusters = await startVirtualClusters({
  address: '127.0.0.1',
  port: Number(port),
  upstreamKubeconfig,
  tls: { cert: pem('tls.crt'), key: pem('tls.key'), ca: pem('ca.crt') },
});
process.stdout.write(`virtual clusters at https://127.0.0.1:${clusters.port}/clusters/<name>\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void clusters.close());
