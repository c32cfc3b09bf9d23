import { mkdirSync, rmdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

/** Where one lab keeps its files and which ports it has: labs beside each other share nothing but the built programs. */
export interface LabLayout {
  readonly instance: number;
  readonly folder: string;
  port(use: PortUse): number;
}

/** Everything in a lab that listens. */
const ports = {
  store: 0,
  storePeers: 1,
  hub: 2,
  registry: 3,
  coreWebhooks: 4,
  coreMetrics: 5,
  coreHealth: 6,
  providerWebhooks: 7,
  providerMetrics: 8,
  providerHealth: 9,
  postgres: 10,
  rbacMetrics: 11,
  rbacHealth: 12,
  'virtual-member-1': 13,
  'virtual-member-2': 14,
  'virtual-member-3': 15,
  'member-1': 20,
  'member-2': 21,
  'member-3': 22,
  'kwok-member-1': 30,
  'kwok-member-2': 31,
  'kwok-member-3': 32,
  functions: 40,
} as const;

/** What a port is for. */
export type PortUse = keyof typeof ports;

const firstPort = 21_000;
const portsEach = 100;
/** How many labs fit side by side. */
export const instances = 20;

/** Returns the folder that holds the state of the labs of this checkout. */
export const labsFolder = join(import.meta.dirname, '..', '..', '.lab');

/** Returns the layout of the lab with a number from 0 to 19. */
export function labLayout(instance: number): LabLayout {
  return {
    instance,
    folder: join(labsFolder, String(instance)),
    port: (use) => firstPort + instance * portsEach + ports[use],
  };
}

/**
 * Returns the layout of the first lab that is not there yet and whose ports nobody uses (other checkouts have labs too), and
 * makes its folder, which takes it: whoever looks at the same time gets another.
 */
export async function claimFreeLab(): Promise<LabLayout> {
  for (let instance = 0; instance < instances; instance += 1) {
    const layout = labLayout(instance);
    if (!claimFolder(layout.folder)) continue;
    if ((await takenPorts(layout)).length === 0) return layout;
    rmdirSync(layout.folder);
  }
  throw new Error(`all ${instances} places for labs are taken; npm run lab:down stops those of this checkout`);
}

/** Makes a folder, and tells whether it was not there before: of all that try at the same time, one is told so. */
export function claimFolder(folder: string): boolean {
  mkdirSync(dirname(folder), { recursive: true });
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Returns the ports of a lab that some process listens on already. */
export async function takenPorts(layout: LabLayout): Promise<readonly number[]> {
  const uses = Object.keys(ports) as PortUse[];
  const checked = await Promise.all(
    uses.map(async (use) => ((await isFree(layout.port(use))) ? [] : [layout.port(use)])),
  );
  return checked.flat();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
