import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInProcess } from './run-in-process.ts';

const misuses: { readonly [why: string]: readonly [args: readonly string[], complaint: RegExp] } = {
  'an unknown command': [
    ['deploy'],
    /^crossply: there is no command "deploy"; there are plan, render, explain, whatif, rollout$/,
  ],
  'a mistyped command': [['pan'], /did you mean "plan"\?$/],
  'an unknown flag': [['plan', 'examples/stateful', '--clutser', 'x'], /^crossply plan: Unknown option '--clutser'$/],
  'no folder': [['plan'], /takes one folder or file/],
  'a folder that is not there': [['plan', 'examples/nowhere'], /there is no file or folder examples\/nowhere/],
  'a time that is none': [['plan', 'examples/stateful', '--max-time', 'soon'], /--max-time: must be a number/],
  'an unknown format': [['plan', 'examples/stateful', '-o', 'xml'], /--output: must be one of table, yaml, json, hub/],
  'a start that is no time': [['plan', 'examples/stateful', '--start', 'soon'], /--start: must be a time/],
  'a difference as YAML': [['plan', 'x', '--against', 'y', '-o', 'yaml'], /--against prints table or json/],
  'a render without Composition': [['render', 'xr.yaml'], /takes an XR, a Composition/],
  'an XR that is not there': [['render', 'xr.yaml', 'compositions/app.yaml'], /there is no file or folder xr\.yaml/],
};

for (const [why, [args, complaint]] of Object.entries(misuses)) {
  test(`${why} is misuse: exit code 2`, async () => {
    const { code, printed, complaints } = await runInProcess(...args);
    assert.deepEqual([code, printed], [2, '']);
    assert.match(complaints.join('\n'), complaint);
  });
}

test('help and version are printed: exit code 0', async () => {
  for (const [args, printed] of [
    [[], /plan {5}what would run/],
    [['--version'], /^\d+\.\d+\.\d+\n$/],
    [['plan', '--help'], /--against PATH/],
    [['render', '-h'], /--context-values KEY=VALUE/],
    [['explain', '--help'], /explain KIND\/NAME[\s\S]*--kubeconfig FILE/],
    [['rollout', '--help'], /rollout SUBCOMMAND KIND\/NAME[\s\S]*--removals[\s\S]*--kubeconfig FILE/],
    [['whatif', '--help'], /--drain CLUSTER[\s\S]*--kubeconfig FILE/],
  ] as const) {
    const ended = await runInProcess(...args);
    assert.equal(ended.code, 0);
    assert.match(ended.printed, printed);
  }
});
