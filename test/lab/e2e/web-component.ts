import type { JsonObject } from '../../../functions/kube/json.ts';

/** Returns a component of two objects, a Deployment and a Service; the edit shows in its image. */
export function webComponent(edit: number, name = 'web'): JsonObject {
  return {
    name,
    image: imageOfEdit(edit, name),
    replicas: 1,
    ports: [{ name: 'http', containerPort: 8080 }],
    service: {},
  };
}

/** Returns the image that a component has after an edit. */
export function imageOfEdit(edit: number, name = 'web'): string {
  return `example.com/${name}:${edit}`;
}
