/** Returns the position after the CEL string literal that opens at `start`; the length of the text when it is never closed. */
export function skipStringLiteral(text: string, start: number): number {
  const quote = text.charAt(start);
  const delimiter = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  const raw = /[rR]/.test(text.charAt(start - 1));
  let position = start + delimiter.length;
  while (position < text.length && !text.startsWith(delimiter, position)) {
    position += text.charAt(position) === '\\' && !raw ? 2 : 1;
  }
  return Math.min(position + delimiter.length, text.length);
}

/** Returns the position of the bracket or quote that follows `start`, or -1. */
export function nextDelimiter(text: string, start: number): number {
  const delimiters = /[()[\]{}'"]/g;
  delimiters.lastIndex = start;
  return delimiters.exec(text)?.index ?? -1;
}

/** Returns how deep the brackets of a CEL source are nested; those in string literals do not count. */
export function nestingDepth(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = nextDelimiter(source, 0); at !== -1; ) {
    const delimiter = source.charAt(at);
    let after = at + 1;
    if (delimiter === "'" || delimiter === '"') after = skipStringLiteral(source, at);
    else if ('([{'.includes(delimiter)) deepest = Math.max(deepest, ++depth);
    else depth--;
    at = nextDelimiter(source, after);
  }
  return deepest;
}
