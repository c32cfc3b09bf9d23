import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { mutualTls } from '../../functions/runtime/tls.ts';
import { createAuthority, writeServerCertificates } from './certificates.ts';
import { temporaryFolder } from './function-process.ts';

const authority = createAuthority('Crossply test CA');

for (const [what, file, text, said] of [
  ['no CA', 'ca.crt', undefined, /^cannot read \S+\/ca\.crt: mount the server certificates/],
  ['no key', 'tls.key', undefined, /^cannot read \S+\/tls\.key: mount the server certificates/],
  ['a CA that is none', 'ca.crt', 'scrambled', /^\S+\/ca\.crt is not a certificate in PEM: /],
  ['an empty CA', 'ca.crt', '', /^\S+\/ca\.crt is not a certificate in PEM: /],
  ['a certificate that is none', 'tls.crt', 'scrambled', /^\S+\/tls\.crt is not a certificate in PEM: /],
  ['a key that is none', 'tls.key', 'scrambled', /^\S+\/tls\.key is not a private key in PEM: /],
  ['the key of another', 'tls.key', authority.issue('x').key, /^\S+\/tls\.key is not the key of \S+\/tls\.crt$/],
] as const) {
  test(`with ${what} the server is refused in one line`, (t) => {
    const folder = temporaryFolder(t);
    writeServerCertificates(folder, authority.ca, authority.issue('function-crossply'));
    mutualTls(folder);
    if (text === undefined) rmSync(join(folder, file));
    else writeFileSync(join(folder, file), text);
    assert.throws(
      () => mutualTls(folder),
      (error: Error) => said.test(error.message) && !error.message.includes('\n'),
    );
  });
}
