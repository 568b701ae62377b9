/** A value of a file, for messages. Not longer than a line: an option may hold a whole model. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
