import { expect, it } from '@jest/globals';
import { smallCard, writeSmallBundle } from '../models/make-bundle.js';
import { withFolder } from '../with-folder.js';
import { withService } from '../with-service.js';
import { EarshotCommand } from './earshot-command.js';

/** Runs `run` with `earshot models` for a service with one worker and no model, and the folder of a bundle. */
function withRegistry(
  run: (models: (...args: string[]) => Promise<string>, bundle: string) => Promise<void>,
): Promise<void> {
  return withFolder((none) =>
    withFolder((bundle) =>
      withService({ EARSHOT_MODELS: none, EARSHOT_COMPUTE_PROCESSES: '1' }, async (service) => {
        await service.startWorker();
        await writeSmallBundle(bundle);
        await run(async (...args) => {
          const command = new EarshotCommand(['models', ...args], { EARSHOT_URL: service.url });
          const code = await command.exitCode();
          return `${command.output}exit code ${code}`;
        }, bundle);
      }),
    ),
  );
}

it(
  'earshot models adds, lists, names and removes the models of a service',
  () =>
    withRegistry(async (models, bundle) => {
      expect(await models('list')).toBe('There are no models. Add one: earshot models add FOLDER\nexit code 0');
      expect(await models('add', bundle)).toMatch(
        /\nregistered small 1\.0\.0 {2}sha256:\w{64} {2}agrees with .+\nexit code 0$/,
      );
      expect(await models('add', bundle)).toMatch(/\nwas there already: small 1\.0\.0 /);
      expect(await models('alias', 'small', 'stable', '1.0.0')).toBe('small@stable is 1.0.0\nexit code 0');
      expect(await models('list')).toMatch(/^small +1\.0\.0 +stable = 1\.0\.0 +classification +cpu$/m);
      const shown = await models('show', 'small@stable');
      expect(shown).toMatch(/^network +tfjs-layers, \d layers, input 7 x 8, output 2$/m);
      expect(shown).toMatch(/^weights: model\.json$/m);

      const inUse = await models('remove', 'small@1.0.0');
      expect(inUse).toContain('small 1.0.0 has the alias stable; move or remove that first');
      expect(inUse).toMatch(/exit code 1$/);
      expect(await models('alias', 'small', 'stable', '--remove')).toBe('removed small@stable\nexit code 0');
      expect(await models('remove', 'small@1.0.0')).toBe('removed small 1.0.0\nexit code 0');
      expect(await models('show', 'small')).toContain('There is no model "small"');

      await writeSmallBundle(bundle, smallCard, [{ className: 'Lambda' }]);
      expect(await models('add', bundle)).toMatch(/model_refused.*Lambda[^]*exit code 1$/);
    }),
  120_000,
);
