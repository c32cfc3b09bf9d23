import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatYaml } from '../../cli/output/yaml.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { Requirements } from '../../functions/runtime/proto.ts';
import { functionAt } from './function-at.ts';

/** A step whose function requires something of every sort, after a step that requires nothing itself. */
const pipeline = [
  {
    step: 'given',
    functionRef: { name: 'recorder' },
    input: { apiVersion: 'example.org/v1', kind: 'Input', asks: false },
    credentials: [{ name: 'token', source: 'Secret', secretRef: { namespace: 'keys', name: 'token' } }],
    requirements: {
      requiredResources: [{ requirementName: 'maps', apiVersion: 'v1', kind: 'ConfigMap', matchLabels: { set: 'a' } }],
      requiredSchemas: [{ requirementName: 'widget', apiVersion: 'example.org/v1', kind: 'Widget' }],
    },
  },
  {
    step: 'asking',
    functionRef: { name: 'recorder' },
    input: { apiVersion: 'example.org/v1', kind: 'Input', asks: true },
  },
];

const nowhere = { namespace: undefined, matchName: undefined, matchLabels: undefined };

const asked: Requirements = {
  resources: {
    named: { ...nowhere, apiVersion: 'v1', kind: 'ConfigMap', namespace: 'b', matchName: 'two' },
    missing: { ...nowhere, apiVersion: 'v1', kind: 'ConfigMap', namespace: 'b', matchName: 'three' },
    labelled: { ...nowhere, apiVersion: 'v1', kind: 'ConfigMap', matchLabels: { labels: { set: 'a' } } },
  },
  extraResources: { old: { ...nowhere, apiVersion: 'v1', kind: 'ConfigMap', namespace: 'a', matchName: 'one' } },
  schemas: {
    gadget: { apiVersion: 'example.org/v1', kind: 'Gadget' },
    unknown: { apiVersion: 'example.org/v2', kind: 'Gadget' },
  },
};

/** Returns what the function of a step requires. */
export function requirementsOf({ asks }: JsonObject): Requirements {
  return asks === true ? asked : { resources: {}, extraResources: {}, schemas: {} };
}

/** Writes everything that render can be given below a folder, with a recorder at a port, and returns the arguments. */
export function writeWorld(folder: string, port: number): readonly string[] {
  const put = (file: string, objects: readonly KubeObject[]) => {
    writeFileSync(join(folder, file), formatYaml(objects));
    return join(folder, file);
  };
  mkdirSync(join(folder, 'schemas', 'more'), { recursive: true });
  writeFileSync(join(folder, 'schemas', 'more', 'example.json'), JSON.stringify(openApi));
  const { metadata, ...recorder } = functionAt('recorder', port);
  const { annotations = {}, ...rest } = metadata;
  return [
    put('xr.yaml', [composite]),
    put('composition.yaml', [composition]),
    put('functions.yaml', [{ ...recorder, metadata: rest }]),
    ...Object.entries(annotations).flatMap(([key, value]) => ['-a', `${key}=${value}`]),
    ...['-s', join(folder, 'schemas')],
    ...['--function-credentials', put('secrets.yaml', [secret])],
    ...['-e', put('required.yaml', [configMap('a', 'one'), configMap('b', 'two')])],
    ...['-o', put('observed.yaml', [observed])],
    ...['--context-values', 'key={"from": "flag"}'],
  ];
}

const composite: KubeObject = {
  apiVersion: 'example.org/v1',
  kind: 'Thing',
  metadata: { name: 'one', namespace: 'team', labels: { keep: 'this' } },
  spec: { size: 1.5 },
  status: { was: 'before' },
};

const composition: KubeObject = {
  apiVersion: 'apiextensions.crossplane.io/v1',
  kind: 'Composition',
  metadata: { name: 'things' },
  spec: { compositeTypeRef: { apiVersion: 'example.org/v1', kind: 'Thing' }, mode: 'Pipeline', pipeline },
};

const secret: KubeObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'token', namespace: 'keys' },
  data: { value: Buffer.from('open sesame').toString('base64') },
};

const observed: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'composed',
    namespace: 'team',
    annotations: { 'crossplane.io/composition-resource-name': 'config' },
  },
  data: { a: 'b' },
};

function configMap(namespace: string, name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: { set: 'a' } } };
}

const kindIs = (kind: string) => ({
  'x-kubernetes-group-version-kind': [{ group: 'example.org', version: 'v1', kind }],
});

/** Kinds that refer to each other, to themselves and through allOf. */
const openApi: JsonObject = {
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: 'v1.35.0' },
  paths: {},
  components: {
    schemas: {
      Widget: {
        type: 'object',
        description: 'A widget.',
        properties: {
          size: { type: 'integer', format: 'int32', default: 3 },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Gadget' } },
        },
        ...kindIs('Widget'),
      },
      Gadget: {
        type: 'object',
        required: ['inner'],
        properties: {
          inner: { allOf: [{ $ref: '#/components/schemas/Gadget' }], description: 'More of it.', default: {} },
          byName: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Leaf' } },
        },
        ...kindIs('Gadget'),
      },
      Leaf: { type: 'string', 'x-kubernetes-int-or-string': true },
    },
  },
};
