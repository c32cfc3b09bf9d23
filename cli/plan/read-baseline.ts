import { readFileSync, statSync } from 'node:fs';
import { isJsonObject } from '../../functions/kube/json.ts';
import { InputError } from '../input/input-error.ts';
import type { Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';

/** Returns what a plan is compared with: the plan of a folder or YAML file, or one that was saved with `--output json`. Throws when the file is neither. */
export async function readBaseline(path: string, maxVirtualSeconds: number): Promise<Pick<Plan, 'manifests'>> {
  if (statSync(path).isDirectory() || !path.endsWith('.json'))
    return runPlan(path, { maxVirtualSeconds, onProgress: () => {} });
  const saved = parseJson(path);
  if (isJsonObject(saved) && isJsonObject(saved['manifests'])) return saved as Pick<Plan, 'manifests'>;
  throw new InputError(`${path}: is not a plan; make one with crossply plan PATH --output json`);
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `${path}: is not JSON (${reason}); under npm use npm run --silent, or its own lines get into the file`,
    );
  }
}
