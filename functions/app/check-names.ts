import type { Container } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';
import { didYouMean } from '../kube/schema-suggestion.ts';
import { mayHaveHoles } from '../template/hole-syntax.ts';
import type { AppPart } from './app-part.ts';
import { configVolumeName } from './config-files.ts';

/** A name and the field that gives it. */
type Named = { readonly name: string; readonly at: string };

/** Refuses names that two containers, two volumes or two mounts of one container share, and mounts of volumes that do not exist. */
export function checkNames(part: AppPart): readonly Problem[] {
  const volumes = volumesOf(part);
  const containers = containersOf(part);
  return [
    ...shared(containers),
    ...shared(volumes),
    ...containers.flatMap(({ mounts, paths }) => [
      ...shared(paths),
      ...mounts.flatMap((mount) => checkMount(mount, volumes)),
    ]),
  ];
}

function shared(items: readonly Named[]): readonly Problem[] {
  const first = new Map<string, string>();
  return items.flatMap(({ name, at }) => {
    const other = first.get(name);
    if (other === undefined) first.set(name, at);
    return other === undefined ? [] : [{ path: at, message: `"${name}" is taken by ${other}` }];
  });
}

function checkMount({ name, at }: Named, volumes: readonly Named[]): readonly Problem[] {
  const names = volumes.map((volume) => volume.name);
  if (names.includes(name) || mayHaveHoles(name)) return [];
  const known = names.length === 0 ? 'the component has no volumes' : `its volumes are: ${names.join(', ')}`;
  const hint = [didYouMean(name, names), known].filter((text) => text !== undefined).join(' ');
  return [{ path: at, message: `the component has no volume "${name}"`, hint }];
}

/** A claim template gives a volume of its name; config files have one an entry. */
function volumesOf({ component, path }: AppPart): readonly Named[] {
  const { volumes = [], volumeClaimTemplates = [], configFiles = [] } = component;
  return [
    ...volumes.map(({ name }, index) => ({ name, at: `${path}.volumes[${index}].name` })),
    ...volumeClaimTemplates.map(({ metadata: { name } }, index) => ({
      name,
      at: `${path}.volumeClaimTemplates[${index}].metadata.name`,
    })),
    ...configFiles.map(({ mountPath }, index) => ({
      name: configVolumeName(mountPath),
      at: `${path}.configFiles[${index}].mountPath`,
    })),
  ];
}

function containersOf({ component, path }: AppPart) {
  const { initContainers = [], sidecars = [], configFiles = [] } = component;
  const configPaths = configFiles.map(
    ({ mountPath }, index): Named => ({ name: mountPath, at: `${path}.configFiles[${index}].mountPath` }),
  );
  return [
    containerNames(component, path, configPaths),
    ...initContainers.map((container, index) => containerNames(container, `${path}.initContainers[${index}]`)),
    ...sidecars.map((container, index) => containerNames(container, `${path}.sidecars[${index}]`)),
  ];
}

function containerNames(
  { name, volumeMounts = [] }: Pick<Container, 'name' | 'volumeMounts'>,
  path: string,
  morePaths: readonly Named[] = [],
) {
  const mounts = volumeMounts.map((mount, index) => ({ ...mount, at: `${path}.volumeMounts[${index}]` }));
  return {
    name,
    at: `${path}.name`,
    mounts: mounts.map(({ name, at }): Named => ({ name, at: `${at}.name` })),
    paths: [...mounts.map(({ mountPath, at }): Named => ({ name: mountPath, at: `${at}.mountPath` })), ...morePaths],
  };
}
