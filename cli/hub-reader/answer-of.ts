import type { ApiException, KubeConfig } from '@kubernetes/client-node';
import { InputError } from '../input/input-error.ts';

/** How long a hub may take for one answer. */
export const patienceMs = 30_000;

/** What reading a hub is for, unless something else is said. */
export const deciding = 'read what placement is decided from';

/** Returns what a hub answers; nothing stands for an object, or a whole group of kinds, that is not there. What it refuses is thrown as an InputError that says what would help; `doing` says what somebody without permission may not do. */
export async function answerOf<T>(asked: Promise<T>, config: KubeConfig, doing = deciding): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isAnswer(error) && error.code === 404) return undefined;
    throw new InputError(explain(error, config, doing), { cause: error });
  }
}

function explain(error: unknown, config: KubeConfig, doing: string): string {
  const context = `context ${config.getCurrentContext()}`;
  const hub = `the hub at ${config.getCurrentCluster()?.server ?? 'no address'} (${context})`;
  if (!isAnswer(error)) return `cannot reach ${hub}: ${causeOf(error)}; is it running, and is that the hub you mean?`;
  const user = config.getCurrentUser()?.name ?? 'nobody';
  const said = messageIn(error.body);
  if (error.code === 401) return `${hub} does not accept the credentials of user ${user}; log in again`;
  if (error.code === 403) return `user ${user} may not ${doing}: ${said}`;
  return `${hub} answered with code ${error.code}: ${said}`;
}

function isAnswer(error: unknown): error is ApiException<unknown> {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'body' in error;
}

/** What went wrong on the way is at the end of a chain of causes. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} seconds`;
  if (error.cause !== undefined) return causeOf(error.cause);
  return error.message || ('code' in error ? String(error.code) : error.name);
}

function messageIn(body: unknown): string {
  const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  if (text === '') return 'without a reason';
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'message' in parsed ? String(parsed.message) : text;
  } catch {
    return text;
  }
}
