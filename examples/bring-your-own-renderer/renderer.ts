import { serve, setDesiredResources } from '@crossplane-org/function-sdk-typescript';

/** Renders a Website: its Namespace and its Deployment, with a hole where clusters differ. */
serve((request, response) => {
  const { metadata, spec } = request.observed?.composite?.resource ?? {};
  const labels = { site: metadata.name };
  const page = { name: 'page', image: spec.image, env: [{ name: 'GREETING', value: 'Hello from ${cluster.name}' }] };
  const pod = { metadata: { labels }, spec: { containers: [page] } };
  return setDesiredResources(response, {
    namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: spec.namespace } },
    site: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: metadata.name, namespace: spec.namespace },
      spec: { selector: { matchLabels: labels }, template: pod },
    },
  });
});
