import { EarshotClient } from '#client';
import { CommandError } from '../command-error.js';

export interface OpenOptions {
  /** Ends every request, and refuses new ones, once aborted. */
  signal?: AbortSignal | undefined;
  /** `EARSHOT_API_KEY`. Default: none, which an Earshot without keys asks for. */
  apiKey?: string | undefined;
}

/** Somebody waits at a terminal, who is told at once; `earshot batch` is patient by itself. */
const patience = { outageMs: 0, limitMs: 0 };

/**
 * A client of the Earshot at `EARSHOT_URL`.
 *
 * @throws CommandError if that is no address, or the key could not be sent
 */
export function openClient(url: string, { signal, apiKey }: OpenOptions = {}): EarshotClient {
  if (!/^https?:\/\//i.test(url)) throw new CommandError(schemeWords(url));
  if (!URL.canParse(url)) throw new CommandError(`EARSHOT_URL is not an address: ${url}`);
  try {
    return new EarshotClient(url, { signal, apiKey, patience });
  } catch (cause) {
    const message = 'EARSHOT_API_KEY is not a key: it has spaces, or characters that cannot be sent';
    throw new CommandError(message, { cause });
  }
}

function schemeWords(url: string): string {
  const isOther = /^[a-z][\w+.-]*:\/\//i.test(url);
  return isOther
    ? `EARSHOT_URL must begin with http:// or https://: ${url}`
    : `EARSHOT_URL lacks its http:// or https://, as in http://${url}`;
}
