import type { Rejection } from '../../clusters/cluster-selection.ts';
import { compareVersions, parseVersion } from '../../clusters/version.ts';
import type { Placement as PlacementSpec } from '../../generated/types.ts';
import { type Filter, mismatch } from './filter.ts';

type Requirements = NonNullable<PlacementSpec['requirements']>;

/** Prefix of the properties by which a cluster says that it serves a kind, as Kind.version.group. */
const apiProperty = 'apis.crossply.dev/';

/** Returns the filter for what a cluster must offer before work is placed there; a cluster that runs it already is not left when it changes. */
export function requirementsFilter(requirements: Requirements): Filter {
  return {
    name: 'Requirements',
    newWork: ({ facts: { version, properties } }) =>
      versionVerdict(version, requirements) ?? apiVerdict(properties, requirements),
  };
}

function versionVerdict(
  text: string,
  { minKubernetesVersion: least, maxKubernetesVersion: most }: Requirements,
): Rejection | undefined {
  if (least === undefined && most === undefined) return undefined;
  const version = parseVersion(text);
  if (version === undefined) return mismatch(`Kubernetes version is ${text === '' ? 'not known' : `"${text}"`}`);
  const [min, max] = [parseVersion(least ?? ''), parseVersion(most ?? '')];
  if (min !== undefined && compareVersions(version, min) < 0)
    return mismatch(`version < ${least}`, `Kubernetes ${least}`);
  if (max !== undefined && compareVersions(version, max) > 0)
    return mismatch(`version > ${most}`, `maxKubernetesVersion ${text}`);
  return undefined;
}

function apiVerdict(
  properties: { readonly [name: string]: string },
  { apis = [] }: Requirements,
): Rejection | undefined {
  const missing = apis.find((api) => (properties[`${apiProperty}${api}`] ?? 'false') === 'false');
  return missing === undefined
    ? undefined
    : mismatch(`does not serve ${missing}`, `property ${apiProperty}${missing}=true`);
}
