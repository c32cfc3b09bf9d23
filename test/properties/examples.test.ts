import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { refTo } from '../../cli/offline-hub/object-ref.ts';
import { registry } from '../../functions/registry.ts';
import { type ExampleWorld, examples, settleExample } from './example-world.ts';
import { answer } from './in-process-client.ts';
import { shuffleRequest, withSortedMaps } from './shuffle.ts';

const shufflesPerCall = 4;

const watched = [
  ['crossply.dev/v1alpha1', 'AssignmentSlice'],
  ['apps/v1', 'ControllerRevision'],
  ['kubernetes.m.crossplane.io/v1alpha1', 'Object'],
] as const;

for (const name of examples) {
  describe(`the example ${name} at rest`, () => {
    let world: ExampleWorld;
    before(async () => {
      world = await settleExample(name);
    });

    test('every function answers the same whatever the order of maps and sets', () => {
      assert.deepEqual(
        [...new Set([...world.calls.values()].map((call) => call.function))].sort(),
        [...registry.keys()].sort(),
      );
      for (const [title, { request, response, now }] of world.calls) {
        const expected = withSortedMaps(response);
        for (let seed = 1; seed <= shufflesPerCall; seed++) {
          const shuffled = withSortedMaps(answer(shuffleRequest(request, seed), now));
          assert.ok(shuffled.equals(expected), `${title}, shuffled with seed ${seed}`);
        }
      }
    });

    test('the same facts give the same bytes, also in another process', () => {
      const calls = [...world.calls.values()];
      const input = calls.map(({ now, request }) =>
        JSON.stringify({ now, request: Buffer.from(request).toString('base64') }),
      );
      const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'fresh-process.ts')], {
        input: input.join('\n'),
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
      });
      const elsewhere = stdout.trim().split('\n');
      assert.equal(elsewhere.length, calls.length, stderr);
      calls.forEach(({ composite, request, response, now, ...call }, index) => {
        const title = `${composite} ${call.function}`;
        assert.ok(Buffer.from(answer(request, now)).equals(Buffer.from(response)), `${title}, called again`);
        assert.equal(elsewhere[index], Buffer.from(response).toString('base64'), `${title}, in another process`);
      });
    });

    test('two hours more change no slice, Revision or Object', async () => {
      const earlier = versions(world);
      assert.ok(earlier.length > 0);
      await world.hub.runFor(2 * 3600);
      assert.deepEqual(versions(world), earlier);
    });
  });
}

function versions({ hub }: ExampleWorld): readonly string[] {
  return watched.flatMap(([apiVersion, kind]) =>
    hub.list({ apiVersion, kind }).map((object) => {
      const { namespace, name } = refTo(object);
      return `${kind} ${namespace}/${name} ${object.metadata['resourceVersion']}`;
    }),
  );
}
