import type { CompositionFunction } from '../runtime/composition-function.ts';
import type { KindReport } from './kind-report.ts';
import { reportAndonCord } from './report-andon-cord.ts';
import { reportApproval } from './report-approval.ts';
import { reportPlatform } from './report-platform.ts';

const reports: ReadonlyMap<string, KindReport> = new Map([
  ['AndonCord', reportAndonCord],
  ['Approval', reportApproval],
  ['Platform', reportPlatform],
]);

/** Reports what is known about a composite that is data alone: a Platform, an Approval or an AndonCord. */
export const report: CompositionFunction = {
  kind: 'Report',
  run({ observed: { composite }, required }, { now }) {
    const reportKind = reports.get(composite.kind);
    if (reportKind === undefined) {
      const known = [...reports.keys()].join(', ');
      return { fatal: `kind: Report is a step for ${known} (got "${composite.kind}"); take it out of the Composition` };
    }
    return reportKind({ composite, required, now });
  },
};
