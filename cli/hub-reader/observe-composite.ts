import type { KubeObject } from '../../functions/kube/object.ts';
import { composedKey, isControllable } from '../offline-hub/composed-resource.ts';
import { asList, asObject } from '../offline-hub/lenient-json.ts';
import type { HubReader } from './hub-reader.ts';

/** A composite and what is composed of it already, by composition resource name. */
export interface ObservedComposite {
  readonly composite: KubeObject;
  readonly resources: ReadonlyMap<string, KubeObject>;
}

/** Returns a composite with its AssignmentSlices, from which placement knows where it runs. */
export async function observeComposite(reader: HubReader, composite: KubeObject): Promise<ObservedComposite> {
  const references = asList(asObject(asObject(composite.spec)['crossplane'])['resourceRefs']).map(asObject);
  const { namespace } = composite.metadata;
  const slices = await Promise.all(
    references
      .filter(({ kind }) => kind === 'AssignmentSlice')
      .map(({ apiVersion, kind, name }) =>
        reader.get({
          apiVersion: String(apiVersion),
          kind: String(kind),
          name: String(name),
          ...(namespace !== undefined && { namespace }),
        }),
      ),
  );
  const own = slices.filter((slice) => slice !== undefined).filter((slice) => isControllable(slice, composite));
  return { composite, resources: new Map(own.map((slice) => [composedKey(slice) ?? '', slice])) };
}
