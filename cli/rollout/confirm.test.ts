import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isConfirmed } from './confirm.ts';
import { sampleTerminal } from './sample-terminal.ts';

const answers: readonly [answer: string | undefined, isYes: boolean, said: readonly string[]][] = [
  ['y', true, []],
  [' Yes ', true, []],
  ['', false, ['nothing was approved']],
  ['yesterday', false, ['nothing was approved']],
  [undefined, false, ['nobody is there to be asked; say --yes if that is meant']],
];

for (const [answer, isYes, said] of answers) {
  test(`${answer === undefined ? 'no answer' : `"${answer}"`} is ${isYes ? 'a' : 'no'} yes`, async () => {
    const terminal = sampleTerminal(answer);
    assert.equal(await isConfirmed('Approve of that?', terminal), isYes);
    assert.deepEqual(terminal.lines, said);
  });
}
