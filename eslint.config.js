import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const [archives, client, dsp, imaging, jobs, store, models, card, catalog, engineNames] = [
  'archives/src/index',
  'client/src/index',
  'dsp/src/index',
  'imaging/src/index',
  'jobs/src/index',
  'jobs/src/store',
  'models/src/index',
  'models/src/card',
  'models/src/catalog',
  'models/src/engine-names',
].map((name) => `libs/${name}.ts`);

/** What the code of each folder may import of ours, besides its own folder. */
const walls = {
  'libs/archives': [],
  'libs/client': [],
  'libs/dsp': [],
  'libs/imaging': [],
  'libs/jobs': [],
  'libs/models': [archives, dsp, imaging],
  'apps/api': [archives, jobs, card, catalog],
  'apps/worker': [archives, jobs, store, models, card, catalog, engineNames, dsp, imaging],
  'apps/cli': [client, engineNames],
};
const zones = Object.entries(walls).flatMap(([folder, allowed]) =>
  ['apps', 'libs', 'bench', 'parity', 'training'].map((from) => ({
    target: `./${folder}`,
    from: `./${from}`,
    message: `${folder} may import only: ${allowed.join(', ') || 'nothing of ours'}.`,
    except: [folder, ...allowed].filter((path) => path.startsWith(`${from}/`)).map((path) => `./${path.slice(5)}`),
  })),
);
const resolver = createTypeScriptImportResolver({
  project: 'tsconfig.json',
  conditionNames: ['earshot-source', 'types', 'import', 'node', 'default'],
});
const noImports = (regex, message) => ['error', { patterns: [{ regex, message }] }];
const tests = ['**/*.{spec,int-spec}.ts'];

export default defineConfig(
  globalIgnores([
    'dist',
    '.cache',
    '.earshot',
    '**/*.generated.ts',
    'libs/client/src/description.ts',
    'libs/dsp/kernels',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', URL: 'readonly', Buffer: 'readonly', console: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, importX.flatConfigs.typescript],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [resolver] },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-console': 'error',
      'import-x/no-unresolved': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['apps/*/src/main.ts', ...tests],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read once, in main.ts.' },
      ],
      'no-restricted-imports': noImports('(^|/)(libs|dist)/', 'Reach a library by its #name.'),
    },
  },
  {
    files: ['libs/dsp/src/**/*.ts'],
    ignores: tests,
    rules: { 'no-restricted-imports': noImports('^(node:|#)', 'dsp is pure: no I/O, nothing of ours.') },
  },
  {
    files: ['libs/client/src/**/*.ts'],
    ignores: tests,
    rules: { 'no-restricted-imports': noImports('^(node:|#)', 'The client runs in browsers too, and is by itself.') },
  },
  {
    files: [
      'apps/*/src/main.ts',
      'apps/cli/**/*.ts',
      'bench/**/*.ts',
      'parity/**/*.ts',
      'training/**/*.ts',
      'scripts/*.mjs',
    ],
    rules: { 'no-console': 'off' },
  },
  prettier,
);
