import { contentHash } from './content-hash.ts';

const LABEL_LIMIT = 63;
const SUBDOMAIN_LIMIT = 253;
const HASH_LENGTH = 8;

/** Tells whether a text is a DNS-1123 label: the form of the names of namespaces and services. */
export function isDnsLabel(text: string): boolean {
  return text.length <= LABEL_LIMIT && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

/** Tells whether a text is a DNS-1123 subdomain: the form of the names of most objects. */
export function isDnsSubdomain(text: string): boolean {
  return (
    text.length <= SUBDOMAIN_LIMIT && text.split('.').every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label))
  );
}

/** Tells whether a text may be the value of a label; the empty text may. */
export function isLabelValue(text: string): boolean {
  return text === '' || isQualifiedNamePart(text);
}

/** Tells whether a text may be the key of a label or annotation: a name, or a DNS subdomain, a slash and a name. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash === -1) return isQualifiedNamePart(text);
  return isDnsSubdomain(text.slice(0, slash)) && isQualifiedNamePart(text.slice(slash + 1));
}

function isQualifiedNamePart(text: string): boolean {
  return text.length <= LABEL_LIMIT && /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text);
}

/**
 * Returns the parts joined by dashes as a DNS-1123 label of at most `limit` (10 or more) characters. A hash of the exact
 * parts is appended when something had to be changed or cut, or when a part after the first has a dash, so that no two
 * lists of as many parts share a name: `a-b` and `c` give another name than `a` and `b-c`.
 */
export function boundedName(parts: readonly string[], limit = LABEL_LIMIT): string {
  const joined = parts.join('-');
  const telling = parts.slice(1).every((part) => !part.includes('-'));
  if (telling && joined.length <= limit && isDnsLabel(joined)) return joined;
  const readable = joined
    .toLowerCase()
    .replaceAll(/[^-a-z0-9]/g, '-')
    .slice(0, limit - HASH_LENGTH - 1)
    .replaceAll(/^-+|-+$/g, '');
  const hash = contentHash(parts, HASH_LENGTH);
  return readable === '' ? hash : `${readable}-${hash}`;
}
