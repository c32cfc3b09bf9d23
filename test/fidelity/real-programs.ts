import { crossplaneCli } from '../../package/crossplane-cli.ts';
import { buildProgram } from '../lab/programs.ts';
import type { RealPrograms } from './both-programs.ts';

/** Returns Crossplane's command line and core, built from source at the pinned versions unless the cache has them. */
export async function realPrograms(report: (line: string) => void): Promise<RealPrograms> {
  return { cli: await crossplaneCli(report), core: await buildProgram('crossplane-core', report) };
}
