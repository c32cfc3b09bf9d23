import { formatFileProblem, readDocuments } from '../../cli/input/documents.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/** Returns the objects of a file, or of all files in a folder; refuses any mistake in them. */
export function readObjects(path: string): readonly KubeObject[] {
  const { documents, problems } = readDocuments(path);
  if (problems.length > 0) throw new Error(problems.map(formatFileProblem).join('\n'));
  return documents.map(({ object }) => object);
}
