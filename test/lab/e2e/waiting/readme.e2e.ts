import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { blocksOf, withoutInstallation } from '../../../documented-commands.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const [start = '', settings = '', ...commands] = commandsOfReadme();
let instance = '';
let started = '';

before(async () => {
  started = (await runShell(start)).output;
  instance = /lab:down -- --instance (\d+)/.exec(started)?.[1] ?? '';
  assert.notEqual(instance, '', started);
});

after(async () => {
  if (instance !== '') await runShell(`npm run lab:down -- --instance ${instance}`);
});

test('the lab of the README starts with an App that runs', () => {
  assert.match(started, /App shop of shop is Ready on 5 clusters/);
  assert.ok(started.includes(onThisLab(settings)), 'what the README says to export is what the lab prints');
});

const expected: { readonly [command: string]: RegExp } = {
  'kubectl get apps,computenamespaces,tiers,clustersets -A': /app\.crossply\.dev\/shop .* 5 +5 +5 +Healthy +True +True/,
  'kubectl get assignmentslices -A': /App +shop +3 +3 /,
  'npm run --silent crossply -- rollout status app/shop -n shop': /App shop\/shop .*Healthy[\s\S]*first +Done +1 /,
  'kubectl --kubeconfig .lab/0/clusters/eu-1.kubeconfig -n shop-live get deployments': /storefront +2\/2 /,
  'kubectl -n shop delete app shop': /runs on member clusters .* set spec\.deletionPolicy: Delete first/,
  'npm run lab:down': /lab \d+ is gone; \d+ processes were stopped/,
};

for (const command of commands) {
  test(`${command} does what the README says`, async () => {
    const only = command === 'npm run lab:down' ? `${command} -- --instance ${instance}` : command;
    const { output } = await runShell(onThisLab(`${settings}\n${only}`));
    assert.match(output, expected[command] ?? /^what to expect of it must be said in this test$/);
  });
}

test('lab:down leaves nothing', () => {
  assert.equal(existsSync(join(root, '.lab', instance)), false);
});

/** The commands of the README's lab, without comments. */
function commandsOfReadme(): readonly string[] {
  const block = blocksOf(join(root, 'README.md')).find(
    ({ language, text }) => language === 'console' && text.includes('npm run lab'),
  );
  const lines = withoutInstallation(block?.text ?? '')
    .trim()
    .split('\n');
  return lines.map((line) => line.replace(/ +#.*$/, ''));
}

/** The README's lab is the first of its checkout; this one may have another number. */
function onThisLab(command: string): string {
  return command.replaceAll('.lab/0/', `.lab/${instance}/`);
}

async function runShell(script: string): Promise<{ readonly output: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { cwd: root, timeout: 540_000 });
    return { output: `${stdout}${stderr}` };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { output: `${stdout}${stderr}` };
  }
}
