import { Ready, serve } from '@crossplane-org/function-sdk-typescript';

const manifest = (resource: object) => ({ resource, ready: Ready.READY_UNSPECIFIED, connectionDetails: {} });

serve((request, response) => {
  const { metadata, spec } = request.observed?.composite?.resource ?? {};
  const labels = { site: metadata.name };
  const page = { name: 'page', image: spec.image, env: [{ name: 'GREETING', value: 'Hello from ${cluster.name}' }] };
  const template = { metadata: { labels }, spec: { containers: [page] } };
  const site = { name: metadata.name, namespace: spec.namespace };
  const resources = response.desired?.resources ?? {};
  resources['namespace'] = manifest({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: spec.namespace } });
  resources['site'] = manifest({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: site, spec: { selector: { matchLabels: labels }, template } });
  return response;
});
