import type { AndonCordSpec } from '../generated/types.ts';
import { checkLabelSelector } from '../kube/label-selector.ts';
import { formatProblems } from '../kube/problem.ts';
import { andonScope } from './andon-scope.ts';
import type { KindReport } from './kind-report.ts';

/** Reports in words what an AndonCord stops; one whose selector has keys or values that no label can have is not valid. */
export const reportAndonCord: KindReport = ({ composite }) => {
  const spec = composite.spec as AndonCordSpec;
  const problems = checkLabelSelector(spec.selector ?? {}, 'spec.selector');
  const isValid = problems.length === 0;
  return {
    status: { scope: andonScope(spec) },
    conditions: [
      isValid
        ? { type: 'Valid', status: 'True', reason: 'Valid', message: '' }
        : { type: 'Valid', status: 'False', reason: 'Invalid', message: formatProblems(problems) },
    ],
    ready: isValid,
  };
};
