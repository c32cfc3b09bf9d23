/**
 * Returns the name that Crossplane gives a package which it installs as a dependency: the repository without its registry
 * host, cut to 63 characters, with what separates words turned into dashes and what no DNS label may hold left out
 * (ToDNSLabel of crossplane-runtime).
 */
export function dependencyName(repository: string): string {
  const characters = [...repository.slice(0, 63)].map((character) => {
    if (/[a-z0-9]/.test(character)) return character;
    return /[./:-]/.test(character) ? '-' : '';
  });
  return characters.join('').replace(/^-+|-+$/g, '');
}
