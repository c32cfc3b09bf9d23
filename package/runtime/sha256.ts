import { createHash } from 'node:crypto';

/** Returns the SHA-256 of bytes or of a text as 64 hexadecimal digits. */
export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
