import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../functions/kube/object.ts';
import { sourcesOf } from './programs.ts';

/** Files of Crossplane's Helm chart that say what core and its RBAC manager may do. */
const files = [
  'clusterrole',
  'clusterrolebinding',
  'rbac-manager-clusterrole',
  'rbac-manager-clusterrolebinding',
  'rbac-manager-allowed-provider-permissions',
  'rbac-manager-managed-clusterroles',
];

/** What the chart's default values say, as far as these files ask. */
const values: { readonly [expression: string]: boolean } = {
  '.Values.rbacManager.deploy': true,
  'not .Values.rbacManager.skipAggregatedClusterRoles': true,
  'not .Values.serviceAccount.create': false,
};

/** Returns the roles and bindings that an installation of Crossplane by Helm has, read from its chart's sources. */
export async function chartRoles(namespace: string): Promise<readonly KubeObject[]> {
  const folder = join(await sourcesOf('crossplane-core'), 'cluster', 'charts', 'crossplane', 'templates');
  const texts = files.map((file) => renderTemplate(readFileSync(join(folder, `${file}.yaml`), 'utf8'), namespace));
  return texts.flatMap((text) =>
    parseAllDocuments(text).flatMap((document) => (document.toJS() as KubeObject | null) ?? []),
  );
}

/** Fills the few constructs that these templates use: conditions on values, the name, and the namespace of the release. */
function renderTemplate(text: string, namespace: string): string {
  const open: boolean[] = [];
  let rendered = '';
  let position = 0;
  for (const { 0: token, 1: action = '', index } of text.matchAll(/\{\{-?\s*(.*?)\s*-?\}\}/g)) {
    if (!open.includes(false)) rendered += text.slice(position, index);
    position = index + token.length;
    if (action.startsWith('if ')) open.push(isTrue(action.slice(3)));
    else if (action === 'else') open.push(open.pop() === false);
    else if (action === 'end') open.pop();
    else if (!open.includes(false)) rendered += textOf(action, namespace);
  }
  return rendered + text.slice(position);
}

function isTrue(expression: string): boolean {
  const value = values[expression];
  if (value === undefined) throw new Error(`Crossplane's chart asks for "${expression}", which the lab does not know`);
  return value;
}

function textOf(action: string, namespace: string): string {
  if (action === 'template "crossplane.name" .') return 'crossplane';
  if (action === '.Release.Namespace') return namespace;
  if (action.startsWith('include "crossplane.labels"')) return '';
  throw new Error(`Crossplane's chart says "{{ ${action} }}", which the lab does not know`);
}
