const mostCharacters = 255;

/** A file's name as the caller gave it, without folders, control characters and invisible ones that could make it look like another; null when nothing is left. */
export function toFilename(given: string | undefined): string | null {
  const name = (given ?? '').split(/[\\/]/).at(-1) ?? '';
  const clean = [...name.replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '').trim()].slice(0, mostCharacters).join('');
  return clean === '' ? null : clean;
}

/** A `Content-Disposition` (RFC 6266) that makes a browser save the bytes and never show them. */
export function toAttachment(filename: string | null, fallback: string): string {
  const name = filename ?? fallback;
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
