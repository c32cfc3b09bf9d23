import { formatYamlDocument } from '../output/yaml.ts';
import type { Plan } from './plan.ts';

/** Returns manifests as YAML documents, each after a line that names its cluster. */
export function formatManifests(manifests: Plan['manifests']): string {
  return Object.entries(manifests)
    .flatMap(([cluster, objects]) =>
      objects.map((object) => `---\n# cluster: ${cluster}\n${formatYamlDocument(object)}`),
    )
    .join('');
}
