import { text } from 'node:stream/consumers';
import type { Access } from './kubeconfig.ts';
import { connectMember } from './member-api.ts';

const patienceMs = 10_000;

/** Suspends or resumes the virtual cluster that an access leads to, also from another process. Throws with the server's answer when it refuses. */
export async function setSuspended(access: Access, suspended: boolean): Promise<void> {
  const path = new URL(access.server).pathname.replace('/clusters/', '/control/');
  const api = connectMember(access);
  try {
    const answer = await api.send({
      method: suspended ? 'PUT' : 'DELETE',
      path: `${path}/suspended`,
      headers: {},
      body: '',
      signal: AbortSignal.timeout(patienceMs),
    });
    const said = await text(answer);
    if (answer.statusCode !== 200)
      throw new Error(`${access.server} was not ${suspended ? 'suspended' : 'resumed'}: ${said}`);
  } finally {
    api.close();
  }
}
