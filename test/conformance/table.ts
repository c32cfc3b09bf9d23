import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';
import type { Case } from './family.ts';

/** A file of cases. */
export interface Table {
  /** Name of the file. */
  readonly file: string;
  readonly family: string;
  readonly cases: readonly Case[];
}

/** Returns the tables of a folder in the order of their file names. Throws on a *.json file that is no table. */
export function readTables(folder: string): readonly Table[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => tableOf(file, JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

function tableOf(file: string, content: Json): Table {
  const { family, cases } = isJsonObject(content) ? content : {};
  if (typeof family !== 'string' || !isJsonList(cases)) {
    throw new Error(`${file} is no table: it needs a text "family" and a list "cases"`);
  }
  return { file, family, cases: cases.map((of, index) => caseOf(`${file}: cases[${index}]`, of)) };
}

function caseOf(where: string, content: Json): Case {
  const { name, input, expected } = isJsonObject(content) ? content : {};
  if (typeof name !== 'string' || input === undefined || expected === undefined) {
    throw new Error(`${where} is no case: it needs a text "name", "input" and "expected"`);
  }
  return { name, input, expected };
}
