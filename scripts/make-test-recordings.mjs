/** Makes test/recordings: one of samples/ in every format that jobs are tested with. Needs ffmpeg. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const files = {
  'seven.flac': ['-c:a', 'flac'],
  'seven.mp3': ['-c:a', 'libmp3lame', '-b:a', '64k'],
  'seven.ogg': ['-c:a', 'libvorbis', '-q:a', '4'],
  'seven.opus': ['-c:a', 'libopus', '-b:a', '48k'],
  'seven.aiff': ['-c:a', 'pcm_s16be'],
  'seven.au': ['-c:a', 'pcm_mulaw'],
  'seven-8-channels.rf64': ['-af', `pan=7.1|${Array.from({ length: 8 }, (_, i) => `c${i}=c0`).join('|')}`].concat([
    '-ar',
    '8000',
    '-c:a',
    'pcm_s16le',
    '-rf64',
    'always',
    '-f',
    'wav',
  ]),
};
const root = fileURLToPath(new URL('..', import.meta.url));
const exact = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];

mkdirSync(`${root}/test/recordings`, { recursive: true });
for (const [name, options] of Object.entries(files)) {
  const args = ['-y', '-v', 'error', '-i', `${root}/samples/seven-rms.wav`, ...exact, ...options];
  const { status, error, stderr } = spawnSync('ffmpeg', [...args, `${root}/test/recordings/${name}`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`ffmpeg cannot make ${name} (is it installed?): ${error?.message ?? stderr}`);
}
