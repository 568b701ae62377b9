import { expect, it } from '@jest/globals';
import { withService } from '../with-service.js';
import { EarshotCommand } from './earshot-command.js';

const adminKey = 'admin-key-of-a-test-that-is-long-enough';

it(
  'earshot keys makes, lists and revokes keys, and every command sends its own; earshot limits sets owners’ limits',
  () =>
    withService({ EARSHOT_AUTH: 'keys', EARSHOT_ADMIN_KEY: adminKey }, async ({ url }) => {
      const run = async (apiKey: string, ...args: string[]): Promise<string> => {
        const command = new EarshotCommand(args, { EARSHOT_URL: url, EARSHOT_API_KEY: apiKey });
        const code = await command.exitCode();
        return `${command.output}exit code ${code}`;
      };
      expect(await run(adminKey, 'keys', 'list')).toMatch(/^There are no keys\. .*\nexit code 0$/);

      const made = await run(adminKey, 'keys', 'create', '--owner', 'acme', '--name', 'nightly');
      const [, key = ''] = /^(esk_[\w-]{48})$/m.exec(made) ?? [];
      const [, id = ''] = /^(key_\w{26}) of acme, for submit, read; the key is not shown again$/m.exec(made) ?? [];
      expect(await run(adminKey, 'keys', 'list')).toMatch(
        new RegExp(`^${id} +acme +submit,read +nightly .* never +good$`, 'm'),
      );

      expect(await run(key, 'models', 'list')).toMatch(/^There are no models\. .*\nexit code 0$/);
      expect(await run('', 'models', 'list')).toMatch(/^earshot: key_missing: .*EARSHOT_API_KEY\nexit code 1$/);
      expect(await run(key, 'keys', 'list')).toMatch(/^earshot: scope_missing: .* admin\.\nexit code 1$/);

      const json = await run(adminKey, 'keys', 'create', '-o', 'acme', '-s', 'read,ops', '--json');
      expect(JSON.parse(json.split('\n')[0] ?? '')).toMatchObject({ owner: 'acme', scopes: ['read', 'ops'] });
      expect(await run(adminKey, 'keys', 'create', '-o', 'Acme')).toMatch(
        /^earshot: invalid_request: .*\/owner.*\nexit code 1$/,
      );

      expect(await run(adminKey, 'limits', 'set', 'acme', '--rate', '500/10', '--bytes', 'none')).toMatch(
        /^acme +500\/10 +as the settings say +no limit\nexit code 0$/m,
      );
      const limits = await run(adminKey, 'limits', 'show', 'acme', '--json');
      expect(JSON.parse(limits.split('\n')[0] ?? '')).toEqual({ owner: 'acme', rateLimit: '500/10', quotaBytes: null });
      expect(await run(adminKey, 'limits', 'set', 'acme', '--rate', 'many')).toMatch(/^earshot: invalid_request: /);
      expect(await run(key, 'limits', 'show', 'acme')).toMatch(/^earshot: scope_missing: /);

      expect(await run(adminKey, 'keys', 'revoke', id)).toBe(`revoked ${id}\nexit code 0`);
      expect(await run(key, 'models', 'list')).toMatch(/^earshot: key_unknown: .*\nexit code 1$/);
      expect(await run(adminKey, 'keys', 'revoke', 'key_none')).toMatch(/^earshot: key_not_found: .*\nexit code 1$/);
    }),
  120_000,
);
