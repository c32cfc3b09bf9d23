import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../../package/run-program.ts';

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
  assert.equal(String(await runProgram({ command: 'sh', missing: '' }, ['-c', 'echo "$PWD"'], { folder: '/' })), '/\n');
});

test('a program finds the variables it is given, beside those of this process', async () => {
  const program = { command: 'sh', missing: 'every machine has it' };
  const environment = { BOX: 'open' };
  const written = await runProgram(program, ['-c', 'echo "$BOX $HOME"'], { environment });
  assert.equal(String(written), `open ${process.env['HOME'] ?? ''}\n`);
});

test('a program that fails in a folder is quoted with the folder, and with the end of what it complained about', async () => {
  const program = { command: 'sh', missing: 'every machine has it' };
  const script = 'i=0; while [ $i -lt 3000 ]; do echo noise >&2; i=$((i + 1)); done; echo the reason >&2; exit 3';
  await assert.rejects(runProgram(program, ['-c', script], { folder: '/' }), (error: Error) => {
    assert.match(error.message, / failed in \/: [\s\S]*noise\nthe reason$/);
    assert.ok(error.message.length < 5000, `${error.message.length} characters`);
    return true;
  });
});
