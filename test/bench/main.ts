import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { formatTable } from '../../cli/output/table.ts';
import { FunctionRunnerServiceService } from '../../functions/runtime/proto.ts';
import { buildServer } from '../../package/build.ts';
import { startServerProcess } from './server-process.ts';
import { appPass, deliveryPass, type Pass } from './steady-state.ts';

const sizes = [10, 50, 200, 1000];

/** Enough calls for a p99 that means something, and not more than a minute in all. */
const rounds = (clusters: number) => (clusters >= 1000 ? 40 : clusters >= 200 ? 80 : 200);

async function main(): Promise<void> {
  const bundle = await buildServer(join(import.meta.dirname, '..', '..', 'dist'));
  const starts: number[] = [];
  for (let index = 0; index < 5; index++) {
    const server = await startServerProcess(bundle);
    starts.push(server.startedInMs);
    server.stop();
  }
  const rows: string[][] = [];
  const server = await startServerProcess(bundle);
  try {
    for (const clusters of sizes) {
      const { pass, observed } = appPass(clusters);
      rows.push([`App pipeline, ${clusters} clusters`, ...(await measure(server.address, pass, rounds(clusters)))]);
      if (clusters >= 25)
        rows.push([
          `Delivery, a slice of ${clusters} clusters' App`,
          ...(await measure(server.address, deliveryPass(observed), rounds(clusters))),
        ]);
    }
    console.log(formatTable([['CALL', 'P50 MS', 'P99 MS', 'REQUEST KiB', 'LARGEST RESPONSE KiB'], ...rows]));
    console.log(`\nresident memory after the run: ${server.residentMB()} MB`);
    console.log(`start to serving: ${Math.round(percentile(starts, 0.5))} ms (median of ${starts.length})`);
  } finally {
    server.stop();
  }
}

/** Times one pass, call after call over gRPC; messages are sent and received as bytes, so that no client codec is in the figures. */
async function measure(address: string, pass: Pass, count: number): Promise<string[]> {
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  });
  const call = (request: Uint8Array) =>
    new Promise<Buffer>((resolve, reject) => {
      const raw = (bytes: Buffer) => bytes;
      client.makeUnaryRequest(
        FunctionRunnerServiceService.runFunction.path,
        raw,
        raw,
        Buffer.from(request),
        (error, response) => (error === null && response !== undefined ? resolve(response) : reject(error)),
      );
    });
  const times: number[] = [];
  let largest = 0;
  for (let index = -10; index < count; index++) {
    const startedAt = performance.now();
    for (const { request } of pass) largest = Math.max(largest, (await call(request)).length);
    if (index >= 0) times.push(performance.now() - startedAt);
  }
  client.close();
  const requestBytes = pass.reduce((sum, { request }) => sum + request.length, 0);
  return [
    percentile(times, 0.5).toFixed(1),
    percentile(times, 0.99).toFixed(1),
    kibibytes(requestBytes),
    kibibytes(largest),
  ];
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function kibibytes(bytes: number): string {
  return (bytes / 1024).toFixed(0);
}

await main();
