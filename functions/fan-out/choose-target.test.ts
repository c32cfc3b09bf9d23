import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RevisionContent, revisionName } from '../revision/revision-content.ts';
import { chooseTarget } from './choose-target.ts';

const owner = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', name: 'shop' };

function content(image: string, version = '1.2.0'): RevisionContent {
  return {
    templates: { web: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, image } },
    overrides: [],
    renderer: { name: 'crossply', version },
  };
}

const kept = (each: RevisionContent, number: number) => ({ name: revisionName(owner, each), number, content: each });

test('new content gets the next number', () => {
  const { revision } = chooseTarget(owner, content('b'), [kept(content('a'), 3)], undefined);
  assert.equal(revision.number, 4);
  assert.match(revision.name, /^shop-[0-9a-f]{10}$/);
});

test('the same content keeps its Revision, also when another version rendered it', () => {
  const before = kept(content('a'), 3);
  assert.equal(chooseTarget(owner, content('a', '1.3.0'), [before], undefined).revision, before);
});

test('going back to older content reuses its Revision under the next number, as a DaemonSet does', () => {
  const [a, b] = [kept(content('a'), 1), kept(content('b'), 2)];
  const { revision } = chooseTarget(owner, content('a'), [a, b], undefined);
  assert.deepEqual(revision, { ...a, number: 3 });
});

test('an older renderer never supersedes a newer one', () => {
  const newest = kept(content('a', '1.10.0'), 3);
  const { revision, keptBecause } = chooseTarget(owner, content('b', '1.9.0'), [newest], undefined);
  assert.equal(revision, newest);
  assert.match(keptBecause ?? '', /crossply\.dev\/accept-renderer: "1\.9\.0"/);
});

test('an older renderer may when somebody says so', () => {
  const { revision } = chooseTarget(owner, content('b', '1.9.0'), [kept(content('a', '1.10.0'), 3)], '1.9.0');
  assert.equal(revision.number, 4);
});

test('a release supersedes its own release candidates, and they never supersede it', () => {
  const moves = (ours: string, theirs: string) =>
    chooseTarget(owner, content('b', ours), [kept(content('a', theirs), 3)], undefined).keptBecause === undefined;
  const candidates = ['1.0.0-alpha.1', '1.0.0-rc.1', '1.0.0-rc.9', '1.0.0-rc.10', '1.0.0', '1.0.1-rc.1', '1.0.1'];
  for (const [index, older] of candidates.entries())
    for (const newer of candidates.slice(index + 1)) {
      assert.equal(moves(newer, older), true, `${newer} supersedes ${older}`);
      assert.equal(moves(older, newer), false, `${older} does not supersede ${newer}`);
    }
  assert.equal(moves('1.0.0', '1.0.0-canary.4'), true);
  assert.equal(moves('1.0.0+build.2', '1.0.0+build.7'), true, 'build metadata counts for nothing');
});

test('a text that is no version supersedes none that is, and is superseded by each: two servers never take turns', () => {
  const before = kept(content('a', 'main-3fa4211'), 3);
  assert.equal(chooseTarget(owner, content('b', '1.0.0'), [before], undefined).keptBecause, undefined);
  const release = kept(content('a', '1.0.0'), 3);
  assert.notEqual(chooseTarget(owner, content('b', 'main-3fa4211'), [release], undefined).keptBecause, undefined);
  const other = kept(content('a', 'main-3fa4211'), 3);
  assert.equal(chooseTarget(owner, content('b', 'main-f76d201'), [other], undefined).keptBecause, undefined);
});
