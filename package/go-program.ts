import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { type Program, runProgram } from './run-program.ts';

/** A program that is built from its sources at the versions that a small Go module of its own pins. */
export interface GoProgram {
  readonly name: string;
  /** Folder with the go.mod and go.sum that pin it. */
  readonly pins: string;
  /** Path of the Go module that has the program. */
  readonly module: string;
  /** Folder of the main package in that module; '.' is its root. */
  readonly main: string;
  /** Go variables to set, by import path and name; programs ask their own version of them. */
  readonly variables?: { readonly [variable: string]: string };
  /** A Go file of ours that joins the main package. */
  readonly addition?: string;
}

/** Hears one line for what takes long. */
export type Report = (line: string) => void;

const goTool: Program = { command: 'go', missing: 'it builds programs from their sources; install Go 1.26 or newer' };

const ofUnix = (command: string): Program => ({ command, missing: 'it comes with every Unix; see that PATH names it' });

const goSettings = { CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off' };

/** Returns the path of the program, built unless the cache has it for exactly these pins; says what is missing to build it. */
export async function goProgram(program: GoProgram, report: Report = () => {}): Promise<string> {
  const path = join(cacheFolder('programs'), `${program.name}-${await keyOf(program)}`);
  if (existsSync(path)) return path;
  const started = Date.now();
  report(`building ${program.name} from source …`);
  const unfinished = `${path}.${randomUUID()}`;
  const { addition } = program;
  const sources = addition === undefined ? undefined : await withAddition(program, addition, `${unfinished}.sources`);
  const variables = Object.entries(program.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const flags = ['-trimpath', '-ldflags', ['-s', '-w', ...variables].join(' '), '-o', unfinished];
  if (sources !== undefined) flags.push('-modfile', sources.modfile);
  await go(program.pins, ['build', ...flags, join(program.module, program.main)]);
  if (sources !== undefined) await rm(sources.folder, { recursive: true });
  await rename(unfinished, path);
  report(`built ${program.name} in ${Math.round((Date.now() - started) / 1000)} s`);
  return path;
}

/** Returns the folder with the sources of a Go module at the version that the pins say, fetched if needed. */
export async function goSources(pins: string, module: string): Promise<string> {
  await go(pins, ['mod', 'download', module]);
  return (await go(pins, ['list', '-m', '-f', '{{.Dir}}', module])).trim();
}

async function keyOf({ pins, addition, ...program }: GoProgram): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([process.platform, process.arch, program]));
  const files = ['go.mod', 'go.sum'].map((file) => join(pins, file));
  for (const file of addition === undefined ? files : [...files, addition]) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

/** A copy of the module with our file in it, and a go.mod that uses the copy: Go refuses overlays of fetched modules. */
async function withAddition(program: GoProgram, addition: string, folder: string) {
  const module = join(folder, 'module');
  await mkdir(folder);
  await runProgram(ofUnix('cp'), ['-R', await goSources(program.pins, program.module), module]);
  await runProgram(ofUnix('chmod'), ['-R', 'u+w', module]);
  await copyFile(addition, join(module, program.main, basename(addition)));
  const modfile = join(folder, 'go.mod');
  for (const file of ['go.mod', 'go.sum']) await copyFile(join(program.pins, file), join(folder, file));
  await go(folder, ['mod', 'edit', '-replace', `${program.module}=${module}`, modfile]);
  return { folder, modfile };
}

async function go(folder: string, args: readonly string[]): Promise<string> {
  return String(await runProgram(goTool, args, { folder, environment: goSettings }));
}
