/** A Kubernetes version, read part by part. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch?: number;
  /** `rc.1` of v1.34.0-rc.1. */
  readonly preRelease?: string;
  /** `gke.100` of v1.33.4-gke.100: what a vendor adds to a release. */
  readonly vendor?: string;
}

const VERSION = /^v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?)?$/;
const PRE_RELEASE = /^(alpha|beta|rc|dev|pre|preview|next|canary|nightly|snapshot)(?![a-z])/;

/** Returns the version that a text such as v1.34.2, 1.33 or v1.33.4-gke.100 stands for; nothing for other texts. Build metadata (+k3s1) counts for nothing, as in semver. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch, suffix] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    ...(patch !== undefined && { patch: Number(patch) }),
    ...(suffix !== undefined && (PRE_RELEASE.test(suffix) ? { preRelease: suffix } : { vendor: suffix })),
  };
}

/**
 * Returns -1, 0 or 1 for a version older than, the same as or newer than a wanted one. Parts that the wanted one leaves
 * out are not compared: 1.33 is the same as every 1.33.x (so Eq, Ge and Le 1.33 hold for v1.33.7, Gt and Lt do not), and
 * v1.33.4 the same as v1.33.4-gke.100. Pre-releases come before their release, also before a 1.33 without patch (semver);
 * any other suffix is a vendor's and comes after it, unlike in semver. Parts that only the version itself lacks count as
 * the lowest.
 */
export function compareVersions(have: Version, wanted: Version): -1 | 0 | 1 {
  const release = sign(have.major - wanted.major) || sign(have.minor - wanted.minor);
  if (release !== 0) return release;
  const patch = have.patch ?? 0;
  if (wanted.patch === undefined) return have.preRelease !== undefined && patch === 0 ? -1 : 0;
  return sign(patch - wanted.patch) || comparePreReleases(have, wanted) || compareVendors(have, wanted);
}

function comparePreReleases({ preRelease: a }: Version, { preRelease: b }: Version): -1 | 0 | 1 {
  if (a === undefined || b === undefined) return sign(Number(a === undefined) - Number(b === undefined));
  return compareIdentifiers(a, b);
}

function compareVendors({ vendor: a }: Version, { vendor: b }: Version): -1 | 0 | 1 {
  if (b === undefined) return 0;
  return a === undefined ? -1 : compareIdentifiers(a, b);
}

/** Compares dotted identifiers as semver does: numbers by value and before words, and the shorter list first. */
function compareIdentifiers(a: string, b: string): -1 | 0 | 1 {
  const [ours, theirs] = [a.split('.'), b.split('.')];
  for (const [index, one] of ours.entries()) {
    const other = theirs[index];
    if (other === undefined) return 1;
    const order = compareIdentifier(one, other);
    if (order !== 0) return order;
  }
  return ours.length < theirs.length ? -1 : 0;
}

function compareIdentifier(a: string, b: string): -1 | 0 | 1 {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  if (isNumber) return compare(BigInt(a), BigInt(b));
  return compare(a, b);
}

function compare<T extends string | bigint>(a: T, b: T): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sign(difference: number): -1 | 0 | 1 {
  if (difference === 0) return 0;
  return difference < 0 ? -1 : 1;
}
