/** Deepest nesting that a Struct survives on the wire: decoders stop at 100 protobuf levels, three a JSON level. */
const maxDepth = 31;

/**
 * Throws when a value about to be sent is not plain JSON: the wire codec loses `undefined` in lists, NaN, bigints, dates
 * and maps without a word, so meeting one is a bug of ours.
 */
export function assertJson(value: unknown, path: string, depth = 0): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${path}: ${value} is not a JSON number`);
      return;
    case 'object':
      break;
    default:
      throw new TypeError(`${path}: a ${typeof value} is not JSON`);
  }
  if (value === null) return;
  if (depth >= maxDepth) throw new TypeError(`${path}: nested deeper than ${maxDepth} levels`);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) assertJson(value[index], `${path}[${index}]`, depth + 1);
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${path}: a class instance is not JSON`);
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) assertJson(member, `${path}.${key}`, depth + 1);
  }
}
