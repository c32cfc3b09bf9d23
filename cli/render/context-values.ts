import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import { InputError } from '../input/input-error.ts';

/** Returns the values of `--context-files KEY=FILE` and `--context-values KEY=VALUE` by key; a value counts before a file. Throws on what is not JSON or YAML. */
export function readContextValues(files: readonly string[], values: readonly string[]): JsonObject {
  const context: { [key: string]: Json } = {};
  for (const [key, file] of files.map((text) => pairOf('--context-files', text))) {
    if (!existsSync(file)) throw new InputError(`--context-files: there is no file ${file}`);
    context[key] = parseValue(`${file}: `, readFileSync(file, 'utf8'));
  }
  for (const [key, value] of values.map((text) => pairOf('--context-values', text)))
    context[key] = parseValue(`--context-values ${key}: `, value);
  return context;
}

function pairOf(flag: string, text: string): readonly [key: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new InputError(`${flag}: must be KEY=VALUE (got "${text}")`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function parseValue(where: string, text: string): Json {
  try {
    return parse(text) as Json;
  } catch (error) {
    throw new InputError(
      `${where}is not JSON or YAML: ${error instanceof Error ? error.message.split('\n', 1)[0] : error}`,
    );
  }
}
