import { coreReceiveLimitBytes } from './client.ts';
import type { FunctionCondition } from './composition-function.ts';
import type { RunFunctionResponse } from './proto.ts';

/** Share of the limit from which the composite carries a warning. */
const warnAt = 0.75;

/** Returns the condition that says how near a response of this size is to the limit. */
export function budgetCondition(bytes: number): FunctionCondition {
  const near = bytes >= warnAt * coreReceiveLimitBytes;
  return {
    type: 'WithinResponseBudget',
    status: near ? 'False' : 'True',
    reason: near ? 'NearLimit' : 'Within',
    message: near
      ? `a response takes ${mebibytes(bytes)} of the ${mebibytes(coreReceiveLimitBytes)} that Crossplane accepts; split the App or shorten its manifests`
      : '',
  };
}

/** Tells whether a response of this size deserves a warning. */
export function isNearLimit(bytes: number): boolean {
  return bytes >= warnAt * coreReceiveLimitBytes;
}

/** Returns the refusal for a response that the transport would not carry, with what takes the room. */
export function overBudget(step: string, response: RunFunctionResponse, bytes: number): string {
  const resources = Object.entries(response.desired?.resources ?? {});
  const sizes = resources.map(([key, resource]) => ({ key, bytes: JSON.stringify(resource.resource ?? {}).length }));
  const largest = sizes.toSorted((a, b) => b.bytes - a.bytes || (a.key < b.key ? -1 : 1)).slice(0, 3);
  const context = JSON.stringify(response.context ?? {}).length;
  return [
    `${step} would answer with ${mebibytes(bytes)}, Crossplane accepts ${mebibytes(coreReceiveLimitBytes)}:`,
    `${resources.length} desired resources,`,
    `${Object.keys(response.requirements?.resources ?? {}).length} requirements, ${mebibytes(context)} of context.`,
    `The largest: ${largest.map(({ key, bytes: size }) => `${key} (${mebibytes(size)})`).join(', ')}.`,
    'Nothing was changed; split the App or shorten its manifests.',
  ].join(' ');
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
}
