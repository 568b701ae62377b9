import { refusal } from '../errors.js';

/**
 * @param what for the message: whose JSON it is
 * @throws ModelError if it is not JSON
 */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refusal(`${what} is not JSON; the file may be damaged`, cause);
  }
}
