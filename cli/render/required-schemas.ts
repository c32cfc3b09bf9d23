import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import { InputError } from '../input/input-error.ts';
import { asList, asObject } from '../offline-hub/lenient-json.ts';
import type { PipelineParts } from '../offline-hub/pipeline.ts';
import { flattenSchema } from './flatten-schema.ts';

const kindsOf = 'x-kubernetes-group-version-kind';

/** Returns the OpenAPI documents of a folder and the folders in it, one a .json file, as `kubectl get --raw /openapi/v3/apis/GROUP/VERSION` prints them. Throws when there is none, or one is not JSON. */
export function readSchemas(folder: string): readonly JsonObject[] {
  const hint = 'save what kubectl get --raw /openapi/v3/apis/GROUP/VERSION prints to a .json file in it';
  if (!statSync(folder).isDirectory()) throw new InputError(`--required-schemas: ${folder} is no folder; ${hint}`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  if (files.length === 0) throw new InputError(`--required-schemas: there is no .json file in ${folder}; ${hint}`);
  return files.sort().map((file) => readDocument(join(folder, file)));
}

/** Returns how to find the schema of a kind in OpenAPI documents, with its references resolved; a kind that none of them describes has none. */
export function schemasIn(documents: readonly JsonObject[]): PipelineParts['schemaOf'] {
  return ({ apiVersion, kind }) => {
    for (const document of documents) {
      const schemas = asObject(asObject(document['components'])['schemas']);
      for (const [name, schema] of Object.entries(schemas)) {
        // What several kinds share, as DeleteOptions, is the schema of none.
        const [only, ...others] = asList(asObject(schema)[kindsOf]).map(asObject);
        if (only === undefined || others.length > 0 || only['kind'] !== kind) continue;
        const { group = '', version } = only;
        if ((group === '' ? version : `${group}/${version}`) === apiVersion) return flattenSchema(schemas, name);
      }
    }
    return undefined;
  };
}

function readDocument(file: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (!isJsonObject(value))
    throw new InputError(`${file}: must be an OpenAPI document, an object (got ${typeof value})`);
  return value;
}
