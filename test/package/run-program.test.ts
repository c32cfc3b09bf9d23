import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../../package/runtime/run-program.ts';

test('a program that is not there is named, with how to get it', async () => {
  const program = { command: 'no-such-program', missing: 'it opens the box; install the package box-tools' };
  await assert.rejects(runProgram(program, ['--open']), {
    message: 'there is no no-such-program on this machine: it opens the box; install the package box-tools',
  });
});

test('a program that fails is quoted', async () => {
  const program = { command: 'sh', missing: 'every machine has it' };
  await assert.rejects(runProgram(program, ['-c', 'echo the box is empty >&2; exit 3']), {
    message: 'sh -c echo the box is empty >&2; exit 3 failed: the box is empty',
  });
});

test('a program that works gives what it wrote', async () => {
  assert.equal(String(await runProgram({ command: 'sh', missing: '' }, ['-c', 'echo "$PWD"'], '/')), '/\n');
});
