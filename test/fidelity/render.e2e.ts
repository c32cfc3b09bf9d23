import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock, type TestContext, test } from 'node:test';
import { startOwnFunctions } from '../../cli/input/functions.ts';
import { root, startRendererExample } from '../examples/start-renderer.ts';
import { reasonOf, renderOurs, renderTheirs } from './both-programs.ts';
import { compareDocuments } from './compare-documents.ts';
import { type ExampleCase, exampleNames, writeExampleCases } from './example-cases.ts';
import { casesFor, flagSets } from './flag-sets.ts';
import { formatDifferences } from './json-differences.ts';
import { realPrograms } from './real-programs.ts';

/** Both programs reach functions whose clock stands still at a time after that of every settled example. */
const now = Date.UTC(2026, 0, 1, 3);

test('crossply render prints what crossplane composition render prints', { concurrency: 2 }, async (t) => {
  const programs = await realPrograms((line) => t.diagnostic(line));
  mock.timers.enable({ apis: ['Date'], now });
  t.after(() => mock.timers.reset());
  const cases = await writeCases(t);
  const renders = flagSets.flatMap((flags) => casesFor(flags, cases).map((each) => ({ ...each, flags })));
  const compared = renders.map(({ example, kind, name, folder, flags }) =>
    t.test(`${kind} ${name} of ${example}, ${flags.what}`, async () => {
      const args = flags.args(folder);
      const [theirs, ours] = await Promise.all([renderTheirs(programs, args), renderOurs(args)]);
      const differences = compareDocuments(theirs.documents, ours.documents);
      assert.equal(reasonOf(ours), reasonOf(theirs));
      assert.equal(theirs.code !== 0, flags.refusesAllBut?.includes(kind) === false, theirs.complaint);
      assert.equal(differences.length, 0, formatDifferences(differences));
    }),
  );
  await Promise.all(compared);
});

async function writeCases(t: TestContext): Promise<readonly ExampleCase[]> {
  const target = mkdtempSync(join(tmpdir(), 'crossply-fidelity-'));
  t.after(() => rmSync(target, { recursive: true }));
  const server = await startOwnFunctions(() => now);
  t.after(() => server.stop(0));
  const cases: ExampleCase[] = [];
  for (const name of exampleNames(root)) {
    const path = await runnable(t, name);
    const written = await writeExampleCases(name, path, server.port, target);
    assert.notEqual(written.length, 0, `example ${name} has no composite`);
    cases.push(...written);
  }
  return cases;
}

/** One example brings a function of its own, which must be running. */
async function runnable(t: TestContext, name: string): Promise<string> {
  if (name !== 'bring-your-own-renderer') return join(root, 'examples', name);
  const example = await startRendererExample();
  t.after(() => example.stop());
  return example.folder;
}
