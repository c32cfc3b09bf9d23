import type { ServerResponse } from 'node:http';

/** Answers with a metav1.Status, which Kubernetes clients show as their error: its message, after an HTTP code. */
export function sendStatus(response: ServerResponse, code: number, message: string): void {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: code < 400 ? 'Success' : 'Failure',
    message,
    code,
  };
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(status)}\n`);
}
