import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CommandError } from '../command-error.js';
import { fileErrorWords } from '../files/stat-of.js';

const recordings = [
  'wav',
  'wave',
  'rf64',
  'bw64',
  'aif',
  'aiff',
  'aifc',
  'au',
  'snd',
  'flac',
  'mp3',
  'ogg',
  'oga',
  'opus',
];
const images = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'tif', 'tiff'];
const kinds = new Map<string, 'recording' | 'image'>([
  ...recordings.map((extension) => [`.${extension}`, 'recording'] as const),
  ...images.map((extension) => [`.${extension}`, 'image'] as const),
]);

/** What a file is by its name. */
export function kindOf(file: string): 'recording' | 'image' | undefined {
  return kinds.get(extname(file).toLowerCase());
}

/** What a folder has. */
export interface FolderContent {
  /** Paths below the folder, with slashes, sorted. */
  files: string[];
  /** How many files are neither recordings nor images by their names. */
  leftOut: number;
}

/**
 * The recordings and images in a folder and all folders below. Hidden files and folders are passed over, and so are links,
 * which may lead round in circles.
 *
 * @throws CommandError if the folder cannot be read
 */
export async function walkFolder(folder: string): Promise<FolderContent> {
  const content: FolderContent = { files: [], leftOut: 0 };
  await walk(folder, '', content);
  content.files.sort();
  return content;
}

async function walk(root: string, below: string, content: FolderContent): Promise<void> {
  for (const entry of await readFolder(join(root, below))) {
    if (entry.name.startsWith('.')) continue;
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) await walk(root, `${path}/`, content);
    else if (entry.isFile() && kindOf(path)) content.files.push(path);
    else if (entry.isFile()) content.leftOut += 1;
  }
}

async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new CommandError(`${folder} cannot be read: ${fileErrorWords(cause)}`, { cause });
  }
}
