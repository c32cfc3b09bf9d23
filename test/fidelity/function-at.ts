import type { KubeObject } from '../../functions/kube/object.ts';

/** Returns a Function that both programs call without TLS at a port of 127.0.0.1. */
export function functionAt(name: string, port: number): KubeObject {
  const annotations = {
    'render.crossplane.io/runtime': 'Development',
    'render.crossplane.io/runtime-development-target': `127.0.0.1:${port}`,
  };
  return {
    apiVersion: 'pkg.crossplane.io/v1',
    kind: 'Function',
    metadata: { name, annotations },
    spec: { package: `registry.example/${name}:v1` },
  };
}
