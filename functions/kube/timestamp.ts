/** Returns milliseconds since the epoch as Kubernetes writes a time: RFC 3339, UTC, whole seconds. */
export function formatTimestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
