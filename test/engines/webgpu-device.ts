import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const file = resolve('.cache/vulkan/environment.json');

/** What a process needs in its environment to find the device that `npm run setup:vulkan` unpacks; else nothing. */
export const webgpuEnvironment = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
  : {};

const probe = spawnSync(process.execPath, [resolve('scripts/setup/probe-webgpu.mjs')], {
  env: { ...process.env, ...webgpuEnvironment },
  encoding: 'utf8',
});

/** Whether ONNX Runtime can compute on WebGPU here. Where it cannot, that is said; with `CI=true` it is an error. */
export const hasWebgpu = probe.status === 0;

if (!hasWebgpu) {
  const message = 'there is no WebGPU device: the tests that need one are skipped; npm run setup:vulkan unpacks one';
  if (process.env['CI'] === 'true') throw new Error(`${message}\n${probe.stderr}`);
  process.stderr.write(`${message}\n`);
}
