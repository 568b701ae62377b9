import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

import { CommandError } from '../command-error.js';

const cardSchema = z.looseObject({ name: z.string().min(1), version: z.string().min(1) });

/**
 * The name and version in a bundle's card. Whether the card is right is for registration to say.
 *
 * @throws CommandError if there is no card, or it does not say
 */
export async function readCardName(folder: string, shownFolder = folder): Promise<{ name: string; version: string }> {
  const card = cardSchema.safeParse(parseYaml(await readCard(folder, shownFolder), shownFolder));
  if (card.success) return card.data;
  throw new CommandError(`model.yaml of ${shownFolder} needs a name such as fan-fault and a version such as 1.0.0`);
}

async function readCard(folder: string, shownFolder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'model.yaml'), 'utf8');
  } catch (cause) {
    throw new CommandError(`${shownFolder} is no bundle: it has no model.yaml; docs/models.md says what goes in it`, {
      cause,
    });
  }
}

function parseYaml(text: string, shownFolder: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new CommandError(`model.yaml of ${shownFolder} is not YAML: ${(cause as Error).message}`, { cause });
  }
}
