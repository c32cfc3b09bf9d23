import type { KubeObject } from '../../functions/kube/object.ts';
import type { Checked, Problem } from '../../functions/kube/problem.ts';
import { nearest } from '../../functions/kube/schema-suggestion.ts';
import { crossplyApiVersion } from '../../functions/runtime/validate-request.ts';
import type { HubReader } from '../hub-reader/hub-reader.ts';
import { type PlacedKind, placedKinds } from '../hub-reader/placed-kinds.ts';
import { listNames } from '../output/table.ts';

/** Returns the composite that `KIND/NAME` (or the NAME of an App) stands for, or what is wrong with it; without a namespace it must be the only one of its name. The kinds are all that are placed, unless others are known. */
export async function findComposite(
  reader: HubReader,
  target: string,
  namespace: string | undefined,
  known?: readonly PlacedKind[],
): Promise<Checked<KubeObject>> {
  const kinds = known ?? (await placedKinds(reader));
  const slash = target.indexOf('/');
  const [word, name] = slash < 0 ? ['App', target] : [target.slice(0, slash), target.slice(slash + 1)];
  const kind = kindNamed(word, kinds);
  if (kind === undefined) {
    const names = kinds.map((each) => each.kind);
    const meant = nearest(word, names);
    const hint = meant === undefined ? `there are ${names.join(', ')}` : `did you mean "${meant}"?`;
    return wrong(`there is no kind "${word}" that is placed on clusters`, hint);
  }
  const all = await reader.list({ ...kind, ...(namespace !== undefined && { namespace }) });
  const found = all.filter(({ metadata }) => metadata.name === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return { value: only };
  if (only === undefined) return wrong(`there is no ${kind.kind} "${name}"${within(namespace)}`, near(name, kind, all));
  const namespaces = found.map(({ metadata }) => metadata.namespace ?? '').sort();
  return wrong(`${kind.kind} ${name} is in the namespaces ${listNames(namespaces)}`, 'say which with --namespace');
}

/** Returns the kind that a word stands for, as kubectl takes it: in any case, singular or plural, with or without its group. */
export function kindNamed(word: string, kinds: readonly PlacedKind[]): PlacedKind | undefined {
  const [plain = '', ...group] = word.toLowerCase().split('.');
  const fitting = kinds
    .filter(({ kind }) => [kind.toLowerCase(), `${kind.toLowerCase()}s`].includes(plain))
    .filter(({ apiVersion }) => group.length === 0 || apiVersion.split('/')[0] === group.join('.'));
  return fitting.find(({ apiVersion }) => apiVersion === crossplyApiVersion) ?? fitting[0];
}

function near(name: string, { kind }: PlacedKind, all: readonly KubeObject[]): string {
  const meant = nearest(
    name,
    all.map(({ metadata }) => metadata.name ?? ''),
  );
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if (all.length === 0) return `there is no ${kind} at all`;
  return `there are ${listNames(all.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`).sort())}`;
}

function within(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` in namespace ${namespace}`;
}

function wrong(message: string, hint: string): { readonly problems: readonly Problem[] } {
  return { problems: [{ path: '', message, hint }] };
}
