import { groupOf, type KubeObject } from '../../functions/kube/object.ts';

/** Returns a definition that accepts anything, for a composite whose own definition was not given: rendering needs none. */
export function permissiveDefinition({ apiVersion, kind }: KubeObject): KubeObject {
  const group = groupOf(apiVersion);
  const plural = `${kind.toLowerCase()}s`;
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.crossplane.io/v2',
    kind: 'CompositeResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural },
      scope: 'Namespaced',
      versions: [
        {
          name: apiVersion.slice(group.length + 1),
          served: true,
          referenceable: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } } },
        },
      ],
    },
  };
}
