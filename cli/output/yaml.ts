import { stringify } from 'yaml';
import type { Json } from '../../functions/kube/json.ts';

/** Returns values as YAML documents, each after a `---`, that parsers of YAML 1.1 (kubectl, Crossplane) read as the same values. */
export function formatYaml(documents: readonly Json[], options: { readonly sorted?: boolean } = {}): string {
  return documents.map((document) => `---\n${formatYamlDocument(document, options)}`).join('');
}

/** Returns a value as one YAML document, without the line that starts it. */
export function formatYamlDocument(document: Json, { sorted = false }: { readonly sorted?: boolean } = {}): string {
  return stringify(document, {
    aliasDuplicateObjects: false,
    indentSeq: false,
    lineWidth: 0,
    schema: 'yaml-1.1',
    singleQuote: true,
    sortMapEntries: sorted,
  });
}
