import type { CustomObjectsApi, KubeConfig, Middleware } from '@kubernetes/client-node';
import { patienceMs } from './answer-of.ts';

/** Returns a client of the hub that a kubeconfig's current context names, with an end to its patience; patches are merge patches (RFC 7386). */
export async function connectHub(config: KubeConfig): Promise<CustomObjectsApi> {
  // As the library's own makeApiClient does it; it is loaded only here, for it takes a second.
  const {
    createConfiguration,
    CustomObjectsApi: Api,
    PatchStrategy,
    ServerConfiguration,
  } = await import('@kubernetes/client-node');
  const manners: Middleware = {
    async pre(request) {
      request.setSignal(AbortSignal.timeout(patienceMs));
      if (request.getHttpMethod() === 'PATCH') request.setHeaderParam('Content-Type', PatchStrategy.MergePatch);
      return request;
    },
    post: async (response) => response,
  };
  return new Api(
    createConfiguration({
      baseServer: new ServerConfiguration(config.getCurrentCluster()?.server ?? '', {}),
      authMethods: { default: config },
      promiseMiddleware: [manners],
    }),
  );
}
