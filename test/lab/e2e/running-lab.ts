import { joinLab, type Lab } from '../lab.ts';
import { labLayout } from '../layout.ts';

/** Environment variable with the number of the lab that the tests run on. */
export const labVariable = 'CROSSPLY_LAB';

/** Returns the lab that the tests run on; `npm run test:lab` starts one and says which. */
export function runningLab(): Lab {
  const instance = process.env[labVariable];
  if (instance === undefined)
    throw new Error(`these tests need a lab: npm run test:lab, or set ${labVariable} to the number of one`);
  return joinLab(labLayout(Number(instance)), () => {});
}
