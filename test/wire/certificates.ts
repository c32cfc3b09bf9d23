import { Buffer } from 'node:buffer';
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { der, objectIdentifier, sequence, utcTime } from './der.ts';

/** PEM texts of a certificate and its key. */
export type Pair = { readonly cert: string; readonly key: string };

/** A certificate authority made for one test. */
export interface Authority {
  readonly ca: string;
  /** Returns a certificate for localhost and 127.0.0.1, good for servers and clients. */
  issue(commonName: string): Pair;
}

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

/** Returns a new authority with an elliptic-curve key; everything it signs is valid for an hour around now. */
export function createAuthority(commonName: string): Authority {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = (subject: string, key: KeyObject, extensions: readonly Buffer[]) =>
    certificate({ issuer: commonName, signer: root.privateKey, subject, key, extensions });
  return {
    ca: signed(commonName, root.publicKey, [basicConstraints]),
    issue(subject) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      return { cert: signed(subject, publicKey, [localNames]), key };
    },
  };
}

/** Writes the three files that Crossplane mounts into a function. */
export function writeServerCertificates(directory: string, ca: string, { cert, key }: Pair): void {
  for (const [name, text] of Object.entries({ 'ca.crt': ca, 'tls.crt': cert, 'tls.key': key })) {
    writeFileSync(join(directory, name), text);
  }
}

/** cA = TRUE, critical. */
const basicConstraints = sequence(
  objectIdentifier('2.5.29.19'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
);

/** dNSName localhost and iPAddress 127.0.0.1. */
const localNames = sequence(
  objectIdentifier('2.5.29.17'),
  der(0x04, sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))),
);

/** Returns the PEM of an X.509 v3 certificate (RFC 5280, section 4.1). */
function certificate(facts: {
  readonly issuer: string;
  readonly signer: KeyObject;
  readonly subject: string;
  readonly key: KeyObject;
  readonly extensions: readonly Buffer[];
}): string {
  const halfAnHour = 1_800_000;
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ecdsaWithSha256,
    distinguishedName(facts.issuer),
    sequence(utcTime(new Date(Date.now() - halfAnHour)), utcTime(new Date(Date.now() + halfAnHour))),
    distinguishedName(facts.subject),
    facts.key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...facts.extensions)),
  );
  const signature = sign('sha256', toBeSigned, facts.signer);
  const whole = sequence(toBeSigned, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function distinguishedName(commonName: string): Buffer {
  return sequence(der(0x31, sequence(objectIdentifier('2.5.4.3'), der(0x0c, Buffer.from(commonName)))));
}
