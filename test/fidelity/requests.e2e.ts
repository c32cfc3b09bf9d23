import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import { allowedInRequests } from './allowed-in-requests.ts';
import { renderOurs, renderTheirs } from './both-programs.ts';
import { compareDocuments } from './compare-documents.ts';
import { editAt } from './edit-at.ts';
import { formatDifferences, jsonDifferences } from './json-differences.ts';
import { realPrograms } from './real-programs.ts';
import { startRecordingFunction } from './recording-function.ts';
import { requirementsOf, writeWorld } from './request-world.ts';

test('a function is asked the same by crossply render and by the real program', async (t) => {
  const programs = await realPrograms((line) => t.diagnostic(line));
  const recorder = await startRecordingFunction(requirementsOf);
  t.after(recorder.stop);
  const args = writeWorld(temporaryFolder(t), recorder.port);
  const theirs = await renderTheirs(programs, args);
  assert.equal(theirs.code, 0, theirs.complaint);
  const asked = recorder.take();
  const ours = await renderOurs(args);
  assert.equal(ours.code, 0, ours.complaint);
  assert.equal(asked.length, 3);
  const differences = [
    ...jsonDifferences(level(asked), level(recorder.take()), 'requests'),
    ...compareDocuments(theirs.documents, ours.documents),
  ];
  assert.equal(differences.length, 0, formatDifferences(differences));
});

function level(requests: readonly JsonObject[]): readonly Json[] {
  return requests.map((request) =>
    allowedInRequests.reduce<Json>((each, { path, edit }) => editAt(each, path, edit) ?? null, request),
  );
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossply-fidelity-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}
