import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubeObject } from '../../functions/kube/object.ts';

/** One request of admission-cases.yaml and whether the policies let it through. */
export interface AdmissionCase {
  readonly title: string;
  readonly user: string;
  readonly groups: readonly string[];
  readonly verb: 'create' | 'update' | 'delete';
  readonly object: KubeObject;
  readonly patch: object;
  readonly subresource?: string;
  readonly allowed: boolean;
  /** What the refusal says, if that tells one rule from another. */
  readonly refusal?: string;
}

type CaseFile = {
  readonly objects: { readonly [name: string]: KubeObject };
  readonly drafts: { readonly [name: string]: KubeObject };
  readonly users: { readonly [name: string]: { readonly name: string; readonly groups?: readonly string[] } };
  readonly cases: readonly {
    readonly reason: string;
    readonly user: string;
    readonly verb: AdmissionCase['verb'];
    readonly on: readonly string[];
    readonly patch?: object;
    readonly subresource?: string;
    readonly allowed: boolean;
    readonly refusal?: string;
  }[];
};

const file: CaseFile = parse(readFileSync(join(import.meta.dirname, 'admission-cases.yaml'), 'utf8'));

/** The namespace in which the cases are tried; it has to exist. */
export const admissionNamespace = 'admission';

const objects = placed(file.objects);
const drafts = placed(file.drafts);

/** Every case, one an object. */
export const admissionCases: readonly AdmissionCase[] = file.cases.flatMap(
  ({ reason, user, on, patch = {}, ...rest }) =>
    on.map((name) => {
      const { name: userName, groups = [] } = userOf(user);
      const object = objects.get(name) ?? drafts.get(name);
      if (object === undefined) throw new Error(`admission-cases.yaml: there is no object ${name}`);
      const title = `${reason} ${user} may${rest.allowed ? '' : ' not'} ${rest.verb} ${rest.subresource ?? ''} ${name}`;
      return { title: title.replace(/ +/g, ' '), user: userName, groups, object, patch, ...rest };
    }),
);

/** Creates the objects that the cases are about, as core does, those that are there already aside; refuses when the API server does. */
export async function createObjects(kubectl: string, kubeconfig: string): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: [...objects.values()] };
  const { name, groups = [] } = userOf('core');
  const args = ['apply', '--server-side', `--kubeconfig=${kubeconfig}`, ...actingAs(name, groups), '--filename=-'];
  const complaint = await run(kubectl, args, JSON.stringify(list));
  if (complaint !== undefined) throw new Error(`core may not create the objects of the cases: ${complaint}`);
}

/** Tries a case without lasting effect and returns what the API server said when it refused. */
export async function refusalOf(
  kubectl: string,
  kubeconfig: string,
  tried: AdmissionCase,
): Promise<string | undefined> {
  const { user, groups, verb, object, patch, subresource } = tried;
  const { name = '', namespace = '' } = object.metadata;
  const who = actingAs(user, groups);
  const common = [`--kubeconfig=${kubeconfig}`, ...who, `--namespace=${namespace}`, '--dry-run=server'];
  const target = `${object.kind}.${object.apiVersion.split('/').reverse().join('.')}`;
  if (verb === 'create') {
    const copy = { ...object, metadata: { ...object.metadata, name: `${name}-copy` } };
    return run(kubectl, ['create', ...common, '--filename=-'], JSON.stringify(copy));
  }
  if (verb === 'delete') return run(kubectl, ['delete', ...common, '--wait=false', target, name]);
  const part = subresource === undefined ? [] : [`--subresource=${subresource}`];
  return run(kubectl, ['patch', ...common, ...part, '--type=merge', `--patch=${JSON.stringify(patch)}`, target, name]);
}

function placed(written: CaseFile['objects']): ReadonlyMap<string, KubeObject> {
  return new Map(
    Object.entries(written).map(([name, { metadata, ...rest }]) => {
      const annotations = { ...metadata.annotations, 'crossplane.io/paused': 'true' };
      return [name, { ...rest, metadata: { ...metadata, namespace: admissionNamespace, annotations } } as KubeObject];
    }),
  );
}

function actingAs(user: string, groups: readonly string[]): readonly string[] {
  return [`--as=${user}`, ...['system:masters', ...groups].map((group) => `--as-group=${group}`)];
}

function userOf(name: string) {
  const user = file.users[name];
  if (user === undefined) throw new Error(`admission-cases.yaml: there is no user ${name}`);
  return user;
}

async function run(command: string, args: readonly string[], input = ''): Promise<string | undefined> {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return code === 0 ? undefined : complaint.trim();
}
