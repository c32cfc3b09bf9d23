import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readDocuments } from '../../cli/input/documents.ts';
import { ownFunction } from '../../cli/input/functions.ts';
import { builtInPackages } from '../../cli/input/packages.ts';
import { asList, asObject } from '../../cli/offline-hub/lenient-json.ts';
import { controllerOf } from '../../cli/offline-hub/object-ref.ts';
import { formatYaml } from '../../cli/output/yaml.ts';
import { runInProcess } from '../../cli/run-in-process.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { functionAt } from './function-at.ts';

/** A composite of an example, with a folder that holds what render takes to render it. */
export interface ExampleCase {
  readonly example: string;
  readonly kind: string;
  readonly name: string;
  readonly folder: string;
}

/** Settles an example and writes, for every composite on its hub, a folder of inputs below `target`: as first applied and as it ended up. */
export async function writeExampleCases(
  example: string,
  path: string,
  ownPort: number,
  target: string,
): Promise<readonly ExampleCase[]> {
  const { code, printed, complaints } = await runInProcess('plan', path, '--output', 'hub');
  if (code !== 0) throw new Error(`example ${example} does not settle: ${complaints.join('\n')}`);
  const hub = parseAllDocuments(printed).map((document) => document.toJS() as KubeObject);
  const given = readDocuments(path).documents.map(({ object }) => object);
  const builtIn = builtInPackages();
  const functions = [functionAt(ownFunction, ownPort), ...given.filter(({ kind }) => kind === 'Function')];
  const compositions = [...builtIn.compositions, ...given.filter(({ kind }) => kind === 'Composition')];
  const definitions = [...builtIn.definitions, ...given.filter(({ kind }) => kind === 'CompositeResourceDefinition')];
  return hub.flatMap((composite) => {
    const composition = compositions.find((each) => composes(each, composite));
    const definition = definitions.find((each) => asObject(asObject(each.spec)['names'])['kind'] === composite.kind);
    if (composition === undefined || definition === undefined) return [];
    const { kind, metadata } = composite;
    const name = `${metadata.namespace}/${metadata.name}`;
    const folder = join(target, [example, kind, metadata.namespace, metadata.name].join('.'));
    const composed = hub.filter((object) => controllerOf(object)?.uid === metadata.uid);
    // A composite among the required resources would take the place of the one to render in the real program.
    const required = hub.filter((object) => object !== composite && !composed.includes(object));
    const isInventory = ({ kind: each }: KubeObject) => each === 'ClusterProfile' || each === 'ClusterSet';
    const asApplied = asFirstApplied(composite);
    mkdirSync(join(folder, 'required'), { recursive: true });
    const put = (file: string, objects: readonly KubeObject[]) =>
      writeFileSync(join(folder, file), formatYaml(objects));
    writeFileSync(join(folder, 'hub.yaml'), printed);
    put('xr.yaml', [asApplied]);
    put('live.yaml', [composite]);
    put('mistaken.yaml', [{ ...asApplied, spec: { mistake: [1] } }]);
    put('composition.yaml', [composition]);
    put('definition.yaml', [definition]);
    put('functions.yaml', functions);
    put('required/inventory.yaml', required.filter(isInventory));
    put(
      'required/rest.yaml',
      required.filter((object) => !isInventory(object)),
    );
    put('observed.yaml', composed.map(withoutOwners));
    put('observed-owned.yaml', composed);
    return [{ example, kind, name, folder }];
  });
}

/** Returns the names of the examples. */
export function exampleNames(root: string): readonly string[] {
  return readdirSync(join(root, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function composes({ spec }: KubeObject, { apiVersion, kind }: KubeObject): boolean {
  const type = asObject(asObject(spec)['compositeTypeRef']);
  return type['apiVersion'] === apiVersion && type['kind'] === kind && asList(asObject(spec)['pipeline']).length > 0;
}

/** Leaves out what core and the API server add to a composite. */
function asFirstApplied({ apiVersion, kind, metadata, spec }: KubeObject): KubeObject {
  const { name = '', namespace = '', labels = {} } = metadata;
  const own = Object.keys(labels).some((label) => !label.startsWith('crossplane.io/'));
  const { crossplane: _, ...rest } = asObject(spec);
  return { apiVersion, kind, metadata: { name, namespace, ...(own && { labels }) }, spec: rest };
}

function withoutOwners({ metadata: { ownerReferences: _, ...metadata }, ...object }: KubeObject): KubeObject {
  return { ...object, metadata } as KubeObject;
}
