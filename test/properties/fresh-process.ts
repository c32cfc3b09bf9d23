import { readFileSync } from 'node:fs';
import { answer } from './in-process-client.ts';

/** Reads calls (JSON lines of a clock and the base64 of a request) from standard input and writes the base64 of each answer. */
for (const line of readFileSync(0, 'utf8').trim().split('\n')) {
  const { now, request } = JSON.parse(line) as { readonly now: number; readonly request: string };
  console.log(Buffer.from(answer(Buffer.from(request, 'base64'), now)).toString('base64'));
}
