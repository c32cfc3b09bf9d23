/** How something was over time: each value from its moment, in virtual milliseconds, until the next. */
export type Steps<T> = readonly { readonly at: number; readonly value: T }[];

/** Returns the value at a moment; undefined before the first. */
export function at<T>(steps: Steps<T>, moment: number): T | undefined {
  let found: T | undefined;
  for (const step of steps) {
    if (step.at > moment) break;
    found = step.value;
  }
  return found;
}

/** Returns the values that held at some moment from `from` to `to`, both included, with the moment from which each did. */
export function during<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  return steps.filter((step, index) => {
    const next = steps[index + 1];
    return step.at <= to && (next === undefined || next.at > from);
  });
}

/** Returns since when a condition has held without a break at a moment; undefined when it does not hold then. */
export function heldSince<T>(steps: Steps<T>, moment: number, holds: (value: T) => boolean): number | undefined {
  let since: number | undefined;
  for (const step of steps) {
    if (step.at > moment) break;
    if (!holds(step.value)) since = undefined;
    else since ??= step.at;
  }
  return since;
}

/** Returns the spans in which a condition held; one that holds to the last ends at `end`. */
export function spans<T>(
  steps: Steps<T>,
  end: number,
  holds: (value: T) => boolean,
): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  let since: number | undefined;
  for (const step of steps) {
    if (holds(step.value)) since ??= step.at;
    else if (since !== undefined) {
      found.push({ from: since, to: step.at });
      since = undefined;
    }
  }
  if (since !== undefined && since < end) found.push({ from: since, to: end });
  return found;
}
