import type { KubeObject } from '../../../../functions/kube/object.ts';
import type { Lab } from '../../lab.ts';
import { reaches } from '../../reaches.ts';

/** Returns the one active revision of Crossply's Function; undefined while there is none, or two. */
export async function activeFunction({ hub }: Lab): Promise<KubeObject | undefined> {
  const revisions = await hub.list('pkg.crossplane.io/v1', 'FunctionRevision');
  const active = revisions.filter(({ spec }) => (spec as { desiredState: string }).desiredState === 'Active');
  return active.length === 1 ? active[0] : undefined;
}

/** Tells whether the server of a FunctionRevision takes connections. */
export async function isServing(revision: KubeObject): Promise<boolean> {
  const port = portOf(revision);
  return port !== undefined && (await reaches(port)) === true;
}

/** Returns how often the server of a FunctionRevision has answered for a function, from its metrics. */
export async function callsServed(revision: KubeObject, name: string): Promise<number> {
  const port = portOf(revision);
  if (port === undefined) throw new Error(`FunctionRevision ${revision.metadata.name} has no endpoint yet`);
  // The lab gives every server two ports: calls, then metrics.
  const metrics = await (await fetch(`http://127.0.0.1:${port + 1}/metrics`)).text();
  const line = new RegExp(`^crossply_function_calls_total\\{function="${name}",severity="ok"\\} (\\d+)$`, 'm');
  return Number(line.exec(metrics)?.[1] ?? 0);
}

function portOf({ status }: KubeObject): number | undefined {
  const { endpoint } = (status ?? {}) as { endpoint?: string };
  const port = /:(\d+)$/.exec(endpoint ?? '')?.[1];
  return port === undefined ? undefined : Number(port);
}
