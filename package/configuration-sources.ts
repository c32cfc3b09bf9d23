import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { dependencyName } from './dependency-name.ts';

const root = join(import.meta.dirname, '..');

/** The name by which the Compositions in this project call the Function. */
const functionName = 'function-crossply';

/** Activates the kind of the provider that the Compositions need. */
const activation = 'managed-resources.yaml';

type Dependency = { readonly kind: string; readonly package: string; readonly version: string };
type Metadata = { readonly spec: { readonly dependsOn: readonly Dependency[] } };
type Composition = {
  readonly spec: { readonly pipeline: readonly { readonly functionRef: { readonly name: string } }[] };
};

/**
 * Writes what the Configuration is built from into a folder: it depends on the Function of the registry, at least at this
 * version, and its Compositions call the Function by the name that Crossplane gives it when it installs it from there.
 */
export async function writeConfigurationSources(folder: string, registry: string, version: string): Promise<void> {
  const repository = `${registry}/${functionName}`;
  const installedName = dependencyName(repository.slice(repository.indexOf('/') + 1));
  await Promise.all(['xrds', 'compositions'].map((name) => mkdir(join(folder, name), { recursive: true })));
  await writeObject(join(folder, 'crossplane.yaml'), withDependency(await readMetadata(), repository, version));
  await copyFile(join(import.meta.dirname, 'configuration', activation), join(folder, activation));
  for (const name of await readdir(join(root, 'xrds'))) {
    await copyFile(join(root, 'xrds', name), join(folder, 'xrds', name));
  }
  for (const name of await readdir(join(root, 'compositions'))) {
    const composition: Composition = parse(await readFile(join(root, 'compositions', name), 'utf8'));
    await writeObject(join(folder, 'compositions', name), calling(composition, installedName));
  }
}

async function readMetadata(): Promise<Metadata> {
  return parse(await readFile(join(import.meta.dirname, 'configuration', 'crossplane.yaml'), 'utf8'));
}

function withDependency(metadata: Metadata, repository: string, version: string): Metadata {
  const dependsOn = metadata.spec.dependsOn.map((dependency) =>
    dependency.kind === 'Function' ? { ...dependency, package: repository, version: `>=v${version}` } : dependency,
  );
  return { ...metadata, spec: { ...metadata.spec, dependsOn } };
}

function calling(composition: Composition, name: string): Composition {
  const pipeline = composition.spec.pipeline.map((step) =>
    step.functionRef.name === functionName ? { ...step, functionRef: { ...step.functionRef, name } } : step,
  );
  return { ...composition, spec: { ...composition.spec, pipeline } };
}

/** JSON is YAML that no two readers understand differently. */
function writeObject(path: string, object: object): Promise<void> {
  return writeFile(path, JSON.stringify(object));
}
