import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingsReadBy, settingsTable } from '../libs/jobs/src/settings/settings-table.js';

const service = z.object({
  command: z.string().optional(),
  environment: z.record(z.string(), z.string().nullable()),
  network_mode: z.string(),
  ports: z.never().optional(),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .optional(),
});
const { services } = z
  .object({ services: z.object({ api: service, worker: service, redis: service.partial() }) })
  .parse(parse(readFileSync(resolve('docker-compose.yml'), 'utf8'), { merge: true }));
const dockerfile = readFileSync(resolve('Dockerfile'), 'utf8');

describe('docker-compose.yml', () => {
  it.each(['api', 'worker'] as const)('gives the %s only settings that it reads', (name) => {
    const known: string[] = settingsReadBy(name);
    expect(Object.keys(services[name].environment).filter((setting) => !known.includes(setting))).toEqual([]);
  });

  it('gives API and worker the same Redis and the same store', () => {
    const shared = ({ environment }: z.infer<typeof service>) => [
      environment['REDIS_URL'],
      environment['EARSHOT_STORE'],
    ];
    expect(shared(services.worker)).toEqual(shared(services.api));
    expect(shared(services.api)).toEqual([expect.any(String), expect.any(String)]);
  });

  it('gives a worker that is stopped more time than a job may take', () => {
    const graceSeconds = parseInt(services.worker.stop_grace_period ?? '0', 10);
    expect(graceSeconds).toBeGreaterThan(Number(settingsTable.EARSHOT_JOB_TIMEOUT_SECONDS.default));
  });

  it('has Redis write every command at once, evict nothing and listen on no port', () => {
    for (const option of ['--appendonly yes', '--appendfsync always', '--maxmemory-policy noeviction', '--port 0'])
      expect(services.redis.command).toContain(option);
    expect(services.redis.network_mode).toBe('none');
  });

  it('keeps the address of the API on loopback, unless its caller says otherwise', () => {
    expect(services.api.environment['EARSHOT_HOST']).toBeNull();
    expect(services.api.environment['EARSHOT_AUTH']).toBeNull();
    expect(settingsTable.EARSHOT_HOST.default).toBe('127.0.0.1');
  });
});

describe('Dockerfile', () => {
  it('runs as another user than root', () => {
    expect(/^USER (\S+)\n(?![^]*^USER )/m.exec(dockerfile)?.[1]).toBe('node');
  });

  it('copies in nothing that the build context leaves out', () => {
    const context = readFileSync(resolve('.dockerignore'), 'utf8').split('\n');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) => from.split(' '));
    expect(copied.length).toBeGreaterThan(3);
    expect(copied.filter((path) => path !== '.' && !context.includes(`!${path}`))).toEqual([]);
  });
});
