import { expect, it } from '@jest/globals';
import { builtInModels } from '../bundles.js';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { withService, type Service } from '../with-service.js';
import { EarshotCommand } from './earshot-command.js';

const commandMs = 120_000;

function webhooks({ url }: Service, ...args: string[]): EarshotCommand {
  return new EarshotCommand(['webhooks', ...args], { EARSHOT_URL: url });
}

async function list(service: Service): Promise<string> {
  const command = webhooks(service, 'list');
  await command.exitCode();
  return command.output;
}

async function submit({ url }: Service): Promise<string> {
  const init = { method: 'POST', headers: { 'content-type': 'audio/wav' }, body: newRecording({ seconds: 0.3 }) };
  return ((await (await fetch(`${url}/jobs?model=spoken-digits`, init)).json()) as { id: string }).id;
}

it(
  'earshot webhooks listen shows what happens, refuses what is forged, and removes its webhook at Ctrl-C',
  () =>
    withService({ EARSHOT_MODELS: builtInModels, EARSHOT_EGRESS_ALLOW: '127.0.0.1' }, async (service) => {
      expect(await list(service)).toMatch(/^There are no webhooks\./);
      await service.startWorker();
      const listening = webhooks(service, 'listen');
      const json = webhooks(service, 'listen', '--json', '--events', 'job.succeeded');
      const at = await until('it listens', () => /http:\/\/127\.0\.0\.1:\d+\//.exec(listening.output)?.[0], commandMs);
      await until('the other listens', () => json.output.includes(', until Ctrl-C'), commandMs);
      expect(await list(service)).toMatch(
        new RegExp(`^webhook_\\w+ +${at} +job.running,.*batch.finished +good +\\d`, 'm'),
      );

      const id = await submit(service);
      const told = new RegExp(`^job.succeeded {3}${id} {2}\\w+ [\\d.e-]+ {2}\\d+ ms after it$`, 'm');
      await until('it is told', () => told.test(listening.output), commandMs);
      await until('it began', () => new RegExp(`^job.running {5}${id} `, 'm').test(listening.output), commandMs);
      const line = await until('the body', () => /^\{.*\}$/m.exec(json.output)?.[0], commandMs);
      expect(JSON.parse(line)).toMatchObject({ type: 'job.succeeded', data: { id, status: 'succeeded' } });

      const headers = { 'webhook-id': 'x', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)) };
      const forged = { ...headers, 'webhook-signature': 'v1,AAAA' };
      expect((await fetch(at, { method: 'POST', headers: forged, body: line })).status).toBe(401);
      expect((await fetch(at)).status).toBe(405);
      await until('it is said', () => listening.output.includes('refused: its signature was made with'), commandMs);

      for (const command of [listening, json]) {
        command.process.kill('SIGINT');
        expect([await command.exitCode(), command.output]).toEqual([
          0,
          expect.stringMatching(/^removed webhook_\w+$/m),
        ]);
      }
      expect(await list(service)).toMatch(/^There are no webhooks\./);
    }),
  commandMs,
);

it(
  'one that was killed is not registered twice, and a secret of its own is verified without registering',
  () =>
    withService({ EARSHOT_EGRESS_ALLOW: '127.0.0.1' }, async (service) => {
      const killed = webhooks(service, 'listen');
      const port = await until('it listens', () => /127\.0\.0\.1:(\d+)\//.exec(killed.output)?.[1], commandMs);
      killed.process.kill('SIGKILL');
      await killed.exitCode();
      expect(await list(service)).toContain(`:${port}/`);
      const again = webhooks(service, 'listen', '--port', port);
      await until('it listens again', () => again.output.includes('until Ctrl-C'), commandMs);
      expect((await list(service)).match(/^webhook_/gm)).toHaveLength(1);
      const taken = webhooks(service, 'listen', '--port', port);
      expect([await taken.exitCode(), taken.output]).toEqual([
        1,
        expect.stringMatching(/choose another with --port$/m),
      ]);
      again.process.kill('SIGTERM');
      expect(await again.exitCode()).toBe(0);

      const { secret } = (await (await fetch(`${service.url}/webhooks/secret`)).json()) as { secret: string };
      const own = webhooks(service, 'listen', '--secret', secret);
      await until('it listens', () => own.output.includes('takes what is signed'), commandMs);
      expect(await list(service)).toMatch(/^There are no webhooks\./);
      own.process.kill('SIGINT');
      expect(await own.exitCode()).toBe(0);
    }),
  commandMs,
);

it(
  'an Earshot that does not send to this machine is told how it would',
  () =>
    withService({}, async (service) => {
      const refused = webhooks(service, 'listen');
      expect(await refused.exitCode()).toBe(1);
      expect(refused.output).toMatch(/^earshot: address_not_allowed: .* EARSHOT_EGRESS_ALLOW=127\.0\.0\.1, on this/);
    }),
  commandMs,
);
