import type { KubeConfig } from '@kubernetes/client-node';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { crossplyApiVersion } from '../../functions/runtime/validate-request.ts';
import { InputError } from '../input/input-error.ts';
import { formatRef, type ObjectRef, refTo } from '../offline-hub/object-ref.ts';
import { answerOf } from './answer-of.ts';
import { connectHub } from './connect-hub.ts';

/** Under this name the hub keeps what the command line has written. */
const fieldManager = 'crossply';

/** Writes objects of Crossply's own namespaced kinds on a hub. What the hub refuses is thrown as an InputError that says what may not be done. */
export interface HubWriter {
  /** Returns the user name by which the API server knows who is asking. */
  userName(): Promise<string>;
  /** Changes an object by a merge patch (RFC 7386). */
  patch(ref: ObjectRef, change: JsonObject): Promise<void>;
  /** Creates an object and returns the name that it has got. */
  create(object: KubeObject): Promise<string>;
}

/** Returns the writer of the hub that a kubeconfig's current context names. */
export async function liveWriter(config: KubeConfig): Promise<HubWriter> {
  const api = await connectHub(config);
  const [group = '', version = ''] = crossplyApiVersion.split('/');
  const placeOf = ({ kind, namespace = '' }: Pick<ObjectRef, 'kind' | 'namespace'>) => ({
    ...{ group, version, namespace, fieldManager },
    plural: `${kind.toLowerCase()}s`,
  });
  return {
    async userName() {
      const kind = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
      const place = { group: 'authentication.k8s.io', version: 'v1', plural: 'selfsubjectreviews' };
      const asked: Promise<Review> = api.createClusterCustomObject({ ...place, body: kind });
      const { status } = (await answerOf(asked, config, 'ask who they are (create selfsubjectreviews)')) ?? {};
      const name = status?.userInfo?.username;
      if (name !== undefined) return name;
      throw new InputError('the hub does not tell who you are; it takes Kubernetes 1.28 or newer');
    },
    async patch(ref, change) {
      const asked: Promise<KubeObject> = api.patchNamespacedCustomObject({
        ...placeOf(ref),
        ...{ name: ref.name, body: change },
      });
      if ((await answerOf(asked, config, `patch ${formatRef(ref)}`)) === undefined)
        throw new InputError(`${formatRef(ref)} is no longer there`);
    },
    async create(object) {
      const asked: Promise<KubeObject> = api.createNamespacedCustomObject({ ...placeOf(refTo(object)), body: object });
      const what = `create ${object.kind}s in namespace ${object.metadata.namespace ?? ''}`;
      const created = await answerOf(asked, config, what);
      if (created === undefined)
        throw new InputError(`the hub does not know the kind ${object.kind}; install Crossply there`);
      return created.metadata.name ?? '';
    },
  };
}

type Review = { readonly status?: { readonly userInfo?: { readonly username?: string } } };
