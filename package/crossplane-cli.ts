import { join } from 'node:path';
import { goProgram, type Report } from './go-program.ts';

/** Returns the path of the crossplane command-line tool, built from source at the pinned version. */
export function crossplaneCli(report?: Report): Promise<string> {
  return goProgram(
    {
      name: 'crossplane',
      pins: join(import.meta.dirname, 'crossplane-cli'),
      module: 'github.com/crossplane/cli/v2',
      main: 'cmd/crossplane',
      variables: { 'github.com/crossplane/crossplane-runtime/v2/pkg/version.version': 'v2.5.0' },
    },
    report,
  );
}
