import { stringify } from 'yaml';
import { isJsonList, isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { Rendered } from './render-once.ts';

/** Which documents to print beside the composite and what it composes. */
export interface FormatOptions {
  readonly results: boolean;
  readonly fullComposite: boolean;
  readonly context: boolean;
}

/** The time that rendered conditions carry, so that two runs print the same. */
const renderedAt = '2024-01-01T00:00:00Z';

/** Returns the outcome of a reconcile as the YAML documents that `crossplane composition render` prints, in its order. */
export function formatRendered(rendered: Rendered, given: KubeObject, options: FormatOptions): string {
  const documents: JsonObject[] = [
    compositeDocument(rendered.composite, given, options.fullComposite),
    ...rendered.composed.map(composedDocument),
  ];
  if (options.results) {
    documents.push(
      ...rendered.events.map(({ type, reason, message }) => ({
        apiVersion: 'render.crossplane.io/v1beta1',
        kind: 'Result',
        message,
        reason,
        severity: type,
      })),
    );
  }
  if (options.context)
    documents.push({ apiVersion: 'render.crossplane.io/v1beta1', kind: 'Context', fields: rendered.context });
  return documents
    .map(
      (document) => `---\n${stringify(document, { aliasDuplicateObjects: false, lineWidth: 0, sortMapEntries: true })}`,
    )
    .join('');
}

function compositeDocument(
  { apiVersion, kind, metadata, status }: KubeObject,
  given: KubeObject,
  isFull: boolean,
): JsonObject {
  const { name, namespace } = metadata;
  const short = { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) };
  const reported = { ...(status !== undefined && { status: withFixedTimes(status) }) };
  return isFull ? { ...given, ...reported } : { apiVersion, kind, metadata: short, ...reported };
}

/** What the API server adds on writing is not part of what would be composed. */
function composedDocument({ status: _, metadata, ...object }: KubeObject): JsonObject {
  const {
    uid: _uid,
    generation: _generation,
    creationTimestamp: _created,
    resourceVersion: _version,
    managedFields: _fields,
    ...own
  } = metadata;
  return { ...object, metadata: own };
}

function withFixedTimes(status: KubeObject['status']): JsonObject {
  if (!isJsonObject(status)) return {};
  const conditions = isJsonList(status['conditions']) ? status['conditions'] : [];
  return {
    ...status,
    conditions: conditions.map((condition) =>
      isJsonObject(condition) ? { ...condition, lastTransitionTime: renderedAt } : condition,
    ),
  };
}
