import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFlags, type ServerSettings } from '../../functions/runtime/flags.ts';
import { startProcess } from './function-process.ts';
import { takenPort } from './ports.ts';

test('--help explains the flags and ends well', async (t) => {
  const { code, stdout, stderr } = await startProcess(t, ['--help']).ended;
  assert.equal(code, 0);
  assert.match(stdout, /^Usage: function-crossply \[flags\]\n/);
  assert.match(stdout, /--max-recv-message-size MiB/);
  assert.equal(stderr, '');
});

test('an unknown flag ends with code 2 and the way to the help', async (t) => {
  const { code, stdout, stderr } = await startProcess(t, ['--adress', ':9443']).ended;
  assert.equal(code, 2);
  assert.equal(
    stderr,
    'function-crossply: unknown flag --adress; did you mean "--address"?\nSee function-crossply --help.\n',
  );
  assert.equal(stdout, '');
});

for (const [what, flags] of [
  ['to listen on', (port: number) => ['--address', `127.0.0.1:${port}`, '--metrics-address', '']],
  ['for metrics', (port: number) => ['--address', '127.0.0.1:0', '--metrics-address', `127.0.0.1:${port}`]],
] as const) {
  test(`a taken port ${what} ends it with one line that names the port`, async (t) => {
    const port = await takenPort(t);
    const { code, stderr } = await startProcess(t, ['--insecure', ...flags(port)]).ended;
    assert.equal(code, 1);
    assert.match(stderr, /^function-crossply: cannot (listen|serve metrics) on [^\n]+EADDRINUSE[^\n]+\n$/);
    assert.ok(stderr.includes(`127.0.0.1:${port}`));
  });
}

for (const [args, said] of [
  [['serve'], 'unexpected argument "serve": there are only flags'],
  [['--address'], '--address: needs a value'],
  [['--address', '--insecure'], '--address: needs a value'],
  [['--insecure=yes'], '--insecure: takes no value'],
  [['--zzz'], 'unknown flag --zzz'],
  [['-x'], 'unknown flag -x'],
  [['--address', 'localhost'], '--address: must be HOST:PORT (got "localhost")'],
  [['--address', ''], '--address: must be HOST:PORT (got "")'],
  [['--metrics-address', '0.0.0.0:70000'], '--metrics-address: must be HOST:PORT (got "0.0.0.0:70000")'],
  [['--max-recv-message-size', '64MiB'], '--max-recv-message-size: must be 4 to 1024 MiB (got "64MiB")'],
  [['--max-recv-message-size', '1'], '--max-recv-message-size: must be 4 to 1024 MiB (got "1")'],
] as const) {
  test(`${args.join(' ')} is refused: ${said}`, () => {
    assert.deepEqual(readFlags(args, {}), { error: said });
  });
}

test('the folder of the certificates: flag, other flag, environment, default', () => {
  const folder = (args: readonly string[], environment: { readonly [name: string]: string } = {}) =>
    (readFlags(args, environment) as ServerSettings).tlsCertsDir;
  const environment = { TLS_SERVER_CERTS_DIR: '/environment' };
  assert.equal(folder(['--tls-certs-dir', '/a', '--tls-server-certs-dir', '/b'], environment), '/a');
  assert.equal(folder(['--tls-server-certs-dir=/b'], environment), '/b');
  assert.equal(folder([], environment), '/environment');
  assert.equal(folder([]), '/tls/server');
});
