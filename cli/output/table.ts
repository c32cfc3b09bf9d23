import { formatDuration } from '../../functions/kube/duration.ts';

/** Returns rows as aligned columns, two spaces apart, without trailing spaces. */
export function formatTable(rows: readonly (readonly string[])[], indent = ''): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) => `${indent}${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

/** Returns a text of at most `width` characters; what is cut leaves an ellipsis. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Returns names as a list of about `width` characters, the rest counted. */
export function listNames(names: readonly string[], width = 60): string {
  let shown = '';
  for (const [index, name] of names.entries()) {
    const next = index === 0 ? name : `${shown}, ${name}`;
    if (index > 0 && next.length > width) return `${shown} and ${names.length - index} more`;
    shown = next;
  }
  return shown;
}

/** Returns seconds as people say them, in the two largest units: `45s`, `2m5s`, `1h10m`, `3d22h`. */
export function formatSeconds(seconds: number): string {
  return formatDuration(seconds * 1000);
}
