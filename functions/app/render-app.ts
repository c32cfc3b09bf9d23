import type { AppSpec } from '../generated/types.ts';
import { identityOf } from '../kube/identity.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import type { AppFacts, AppPart } from './app-part.ts';
import { type Sourced, takeGivenManifests } from './given-manifests.ts';
import { checkRequiredLabels } from './labels.ts';
import { checkComponent, renderComponent } from './render-component.ts';
import { yieldToAutoscalers } from './scaled-targets.ts';

/** The manifests of an App with their holes, the same for every cluster, and what is wrong with it; with problems they are not fit for use. */
export type RenderedApp = {
  readonly manifests: readonly KubeObject[];
  readonly problems: readonly Problem[];
  /** What was changed that people may not expect. */
  readonly notes: readonly string[];
};

/** Returns the objects of an App's components, then its own manifests. Refuses what no cluster could take and what would be dropped silently. */
export function renderApp(spec: AppSpec, app: AppFacts): RenderedApp {
  const parts = (spec.components ?? []).map(
    (component, index): AppPart => ({ app, component, path: `spec.components[${index}]` }),
  );
  const rendered = parts.flatMap((part) => renderComponent(part).map((manifest) => ({ manifest, path: part.path })));
  const given = takeGivenManifests(spec.manifests ?? [], app);
  const { sourced, notes, problems } = yieldToAutoscalers([...rendered, ...given.taken], parts);
  return {
    manifests: sourced.map(({ manifest }) => manifest),
    problems: [
      ...checkRequiredLabels(app),
      ...parts.flatMap(checkComponent),
      ...given.problems,
      ...problems,
      ...sourced.flatMap(checkReservedKeys),
      ...checkTwins(sourced),
    ],
    notes,
  };
}

/** Keys of crossply.dev steer FanOut and Delivery: with `crossply.dev/target: hub` an App could put objects on the hub itself. */
function checkReservedKeys({ manifest, path }: Sourced): readonly Problem[] {
  const { kind, metadata } = manifest;
  return (['annotations', 'labels'] as const).flatMap((field) => {
    const keys = isJsonObject(metadata[field]) ? Object.keys(metadata[field]) : [];
    return keys
      .filter((key) => key.startsWith('crossply.dev/'))
      .map((key) => ({
        path,
        message: `${kind}/${metadata.name} must not have ${key} among its ${field}: keys of crossply.dev are Crossply's own`,
        hint: 'leave it out',
      }));
  });
}

function checkTwins(sourced: readonly Sourced[]): readonly Problem[] {
  const first = new Map<string, string>();
  return sourced.flatMap(({ manifest, path }) => {
    const identity = identityOf(manifest);
    const other = first.get(identity);
    if (other === undefined) first.set(identity, path);
    return other === undefined
      ? []
      : [{ path, message: `${manifest.kind}/${manifest.metadata.name} is there already, from ${other}` }];
  });
}
