import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { crossplaneCli } from '../../package/crossplane-cli.ts';
import { appsReady } from './apps-ready.ts';
import { advisedCore } from './crossplane.ts';
import { applyExample, shopHomes } from './examples.ts';
import { startLab } from './lab.ts';
import { claimFolder, claimFreeLab, instances, type LabLayout, labLayout, labsFolder } from './layout.ts';
import { buildProgram } from './programs.ts';
import { removeLab, stopProcesses } from './stop-lab.ts';
import type { StoreKind } from './store.ts';
import { whatToTry } from './what-to-try.ts';

const usage = `Usage: npm run lab -- [flags]        starts a hub with Crossplane and Crossply, and three member clusters
       npm run lab:down -- [flags]   stops them and removes what they kept

Everything runs as a process of this machine, without containers: real API servers, controllers, scheduler, Crossplane
and provider-kubernetes; only nodes are simulated. The first start builds the programs from source, which takes about
a quarter of an hour; needs Go, openssl and 4 GiB of memory. State is in .lab, built programs are in .cache (or in the
folder that the environment variable CROSSPLY_CACHE names).

Flags:
      --instance N       which lab, 0 to ${instances - 1} (default: the first that is free; lab:down: all of this checkout)
      --store etcd|kine  where the API servers keep their objects; kine needs Debian's package postgresql (default etcd)
      --empty            apply no example
  -h, --help             show this help
`;

/** A mistake on the command line. */
class Misuse extends Error {}

const started = Date.now();
const report = (line: string) =>
  console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}`);

const [command, ...args] = process.argv.slice(2);
try {
  const flags = readFlags(args);
  if (flags.help) process.stdout.write(usage);
  else if (command === 'down') await down(flags.instance);
  else await up(flags);
} catch (error) {
  console.error(`lab: ${error instanceof Error ? error.message : error}`);
  if (error instanceof Misuse) console.error('See npm run lab -- --help.');
  process.exitCode = error instanceof Misuse ? 2 : 1;
}

async function up({ instance, store, empty }: ReturnType<typeof readFlags>): Promise<void> {
  const layout = instance === undefined ? await claimFreeLab() : labLayout(instance);
  if (instance !== undefined && !claimFolder(layout.folder)) {
    throw new Error(
      `lab ${layout.instance} is there already: npm run lab:down -- --instance ${layout.instance} removes it`,
    );
  }
  await startOrStop(layout, store, empty);
}

/** A start that fails or is interrupted leaves nothing running, only its logs. */
async function startOrStop(layout: LabLayout, store: StoreKind, empty: boolean): Promise<void> {
  process.once('SIGINT', () => void stopProcesses(layout).then(() => process.exit(130)));
  try {
    const lab = await startLab(layout, report, { store, core: advisedCore });
    if (!empty) {
      report('applying examples/shop');
      await applyExample(lab, 'shop', shopHomes);
      for (const line of await appsReady(lab.hub)) report(line);
    }
    await linkTools(layout);
    process.stdout.write(whatToTry(layout, empty));
  } catch (error) {
    report('stopping what was started');
    await stopProcesses(layout);
    const logs = join(layout.folder, 'log');
    if (!existsSync(logs)) {
      removeLab(layout);
      throw error;
    }
    throw new Error(`${(error as Error).message}\nThe logs are in ${relative('.', logs)} until npm run lab:down.`);
  }
}

/** Puts kubectl and the crossplane command-line tool of the lab where a PATH can name them. */
async function linkTools({ folder }: LabLayout): Promise<void> {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  symlinkSync(await buildProgram('kubectl'), join(folder, 'bin', 'kubectl'));
  symlinkSync(await crossplaneCli(), join(folder, 'bin', 'crossplane'));
}

async function down(instance: number | undefined): Promise<void> {
  const known = existsSync(labsFolder) ? readdirSync(labsFolder).map(Number) : [];
  const chosen = instance === undefined ? known : known.filter((each) => each === instance);
  if (chosen.length === 0) report(instance === undefined ? 'there is no lab' : `there is no lab ${instance}`);
  for (const each of chosen) {
    const count = await stopProcesses(labLayout(each));
    removeLab(labLayout(each));
    report(`lab ${each} is gone; ${count} processes were stopped`);
  }
}

/** Returns what the command line asks for; refuses what it does not know. */
function readFlags(words: readonly string[]) {
  const options = {
    instance: { type: 'string' },
    store: { type: 'string', default: 'etcd' },
    empty: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    values = parseArgs({ args: [...words], options }).values;
  } catch (error) {
    throw new Misuse((error as Error).message.split('. ', 1)[0]);
  }
  const { instance, store, empty, help } = values;
  if (store !== 'etcd' && store !== 'kine') throw new Misuse(`--store: must be etcd or kine (got "${store}")`);
  if (instance !== undefined && !(/^\d+$/.test(instance) && Number(instance) < instances)) {
    throw new Misuse(`--instance: must be 0 to ${instances - 1} (got "${instance}")`);
  }
  return { instance: instance === undefined ? undefined : Number(instance), store: store as StoreKind, empty, help };
}
