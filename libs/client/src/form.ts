/** Fields as text, as forms and queries have them: text as it is, all else as JSON. */
export function toTexts(fields: object): Record<string, string> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** A part of a form that is a file. */
export interface FilePart {
  part: string;
  bytes: Blob | ArrayBuffer | Uint8Array;
  /** What it is called; a File has a name of its own. */
  filename?: string | undefined;
}

/** A form whose fields come before its files. */
export function toForm(fields: object, files: Iterable<FilePart>): FormData {
  const form = new FormData();
  for (const [name, text] of Object.entries(toTexts(fields))) form.set(name, text);
  for (const { part, bytes, filename } of files) {
    const blob = bytes instanceof Blob ? bytes : new Blob([bytes]);
    // Undefined would be taken for a name.
    if (filename === undefined) form.append(part, blob);
    else form.append(part, blob, filename);
  }
  return form;
}

/** How a form is sent: as it is, as the Request knows its type. */
export const asForm = { bodySerializer: (body: unknown) => body };
