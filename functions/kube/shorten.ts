/** Share of the room that the beginning of a text gets: it says what and where, the end says why. */
const headShare = 0.6;

/** Returns a text of at most `length` characters; of a longer one the middle goes, for an API server's refusal quotes the whole value between the field and the cause. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = Math.ceil((length - 1) * headShare);
  const tail = length - 1 - head;
  return `${wellFormed(text.slice(0, head))}…${wellFormed(text.slice(text.length - tail))}`;
}

/** A character of two halves that was cut in two is left out: half of one is refused by the wire. */
function wellFormed(part: string): string {
  return part.replace(/[\uD800-\uDBFF]$/, '').replace(/^[\uDC00-\uDFFF]/, '');
}
