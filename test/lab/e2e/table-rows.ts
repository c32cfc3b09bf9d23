/** Returns the rows of a table that kubectl printed, by the heads of its columns; of two alike the first counts. */
export function tableRows(table: string): readonly { readonly [column: string]: string }[] {
  const [head = '', ...lines] = table.trimEnd().split('\n');
  const columns = [...head.matchAll(/\S+/g)].map(({ 0: name, index }) => ({ name, index }));
  return lines.map((line) => {
    const cells = columns.map(({ name, index }, place) => [name, line.slice(index, columns[place + 1]?.index).trim()]);
    return Object.fromEntries(cells.toReversed());
  });
}
