/** Yields the mapped lines of a text that arrives in pieces, each with its line end; a line mapped to `undefined` is left out. */
export async function* mapLines(
  pieces: AsyncIterable<string>,
  map: (line: string) => string | undefined,
): AsyncGenerator<string> {
  let unfinished: string[] = [];
  for await (const piece of pieces) {
    const lines = piece.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      const mapped = map([...unfinished, line].join(''));
      unfinished = [];
      if (mapped !== undefined) yield `${mapped}\n`;
    }
    unfinished.push(last);
  }
  const mapped = unfinished.every((piece) => piece === '') ? undefined : map(unfinished.join(''));
  if (mapped !== undefined) yield `${mapped}\n`;
}
