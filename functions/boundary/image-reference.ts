const defaultRegistry = 'docker.io';
const officialImages = `${defaultRegistry}/library/`;

/**
 * Tells whether an image lies at or below an allowed entry, compared by whole path segments after both are written out in
 * full: `registry.example.com/team` allows `registry.example.com/team/web:1`, never `registry.example.com/team-evil`.
 */
export function isAllowed(image: string, allowed: readonly string[]): boolean {
  const repository = fullReference(image)
    .replace(/@.*$/s, '')
    .replace(/:[^/:]*$/, '');
  return allowed
    .flatMap(allowedPrefixes)
    .some((prefix) => repository === prefix || repository.startsWith(`${prefix}/`));
}

/** Returns an image reference with what container runtimes fill in (github.com/distribution/reference): `redis:7` is docker.io/library/redis:7. */
export function fullReference(image: string): string {
  if (!image.includes('/')) return `${officialImages}${image}`;
  const reference = withRegistry(image);
  const [registry, ...path] = reference.split('/');
  return registry === defaultRegistry && path.length === 1 ? `${officialImages}${path[0]}` : reference;
}

/** Returns the beginnings of full references that an allowed entry covers; `docker.io/x` is the account x and the official image x. */
export function allowedPrefixes(entry: string): readonly string[] {
  const prefix = withRegistry(entry.replace(/\/+$/, ''));
  const [registry, ...path] = prefix.split('/');
  return registry === defaultRegistry && path.length === 1 ? [prefix, `${officialImages}${path[0]}`] : [prefix];
}

/** The part before the first slash is a registry when it looks like a host: a dot, a port, an upper-case letter, or localhost. */
function withRegistry(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  if (first === `index.${defaultRegistry}`) return [defaultRegistry, ...rest].join('/');
  return /[.:A-Z]/.test(first) || first === 'localhost' ? reference : `${defaultRegistry}/${reference}`;
}
