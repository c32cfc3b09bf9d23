import { contentHash } from '../kube/content-hash.ts';
import { childPath } from '../kube/field-path.ts';
import type { JsonObject } from '../kube/json.ts';
import { boundedName } from '../kube/names.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { type AppPart, partObject } from './app-part.ts';
import { standardLabels } from './labels.ts';

type ConfigFiles = NonNullable<AppPart['component']['configFiles']>[number];

/**
 * Returns a ConfigMap for each content among the config files of a component, named `<component>-<hash of the content>`: a
 * change makes another ConfigMap, so the pods are replaced as for a new image. Holes count as they are written.
 */
export function configMaps(part: AppPart): readonly KubeObject[] {
  const type = { apiVersion: 'v1', kind: 'ConfigMap' };
  const maps = filesOf(part).map(({ files }): [string, KubeObject] => {
    const name = configMapName(part, files);
    return [name, partObject(part, { ...type, name }, { labels: standardLabels(part) }, { data: files })];
  });
  return [...new Map(maps).values()];
}

/** Returns a volume for each entry of the config files. Its name comes from the directory, so that it stays when the files change. */
export function configVolumes(part: AppPart): readonly JsonObject[] {
  return filesOf(part).map(({ mountPath, files }) => ({
    name: configVolumeName(mountPath),
    configMap: { name: configMapName(part, files) },
  }));
}

/** Returns where the config files appear in the component's own container. */
export function configMounts(part: AppPart): readonly JsonObject[] {
  return filesOf(part).map(({ mountPath }) => ({ name: configVolumeName(mountPath), mountPath, readOnly: true }));
}

/** Returns the name of the volume that holds the config files of a directory. */
export function configVolumeName(mountPath: string): string {
  return boundedName(['config', mountPath.replace(/^\//, '')]);
}

/** Refuses file names that cannot be keys of a ConfigMap (rule of k8s.io/apimachinery IsConfigMapKey). */
export function checkConfigFiles({ component: { configFiles = [] }, path }: AppPart): readonly Problem[] {
  return configFiles.flatMap(({ files }, index) =>
    Object.keys(files)
      .filter((name) => !/^(?!\.\.)[-._a-zA-Z0-9]{1,253}$/.test(name) || name === '.')
      .map((name) => ({
        path: childPath(`${path}.configFiles[${index}].files`, name),
        message: 'must be a file name of letters, digits, dashes, dots and underscores',
        hint: 'files in another directory go into another entry with its own mountPath',
      })),
  );
}

function filesOf({ component }: AppPart): readonly ConfigFiles[] {
  return component.configFiles ?? [];
}

function configMapName({ component }: AppPart, files: ConfigFiles['files']): string {
  return `${component.name}-${contentHash(files)}`;
}
