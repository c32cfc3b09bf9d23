import { existsSync } from 'node:fs';
import type { Checked } from '../../functions/kube/problem.ts';
import { type Document, formatFileProblem, readDocuments } from '../input/documents.ts';

/** Returns the ClusterProfiles in a file or folder, or what is wrong with it. */
export function readProfiles(path: string): Checked<readonly Document[]> {
  if (!existsSync(path)) return { problems: [{ path: '--add', message: `there is no file or folder ${path}` }] };
  const { documents, problems } = readDocuments(path);
  const told = [
    ...problems.map(formatFileProblem),
    ...documents
      .filter(({ object }) => object.kind !== 'ClusterProfile')
      .map(({ file, object, lineOf }) =>
        formatFileProblem({ file, line: lineOf('kind'), message: `must be a ClusterProfile (got ${object.kind})` }),
      ),
    ...(documents.length + problems.length === 0 ? [`${path} holds no ClusterProfile`] : []),
  ];
  return told.length > 0 ? { problems: told.map((message) => ({ path: '--add', message })) } : { value: documents };
}
