// Jest gives tests a copy of the environment, which ONNX Runtime does not see: here it is the one its workers inherit.
process.env.ORT_DISABLE_TELEMETRY = '1';

const decorators = { legacyDecorator: true, decoratorMetadata: true };
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: decorators,
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};
const project = {
  testEnvironment: '<rootDir>/test/jest/environment.js',
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons', 'earshot-source'] },
  roots: [
    '<rootDir>/apps',
    '<rootDir>/libs',
    '<rootDir>/test',
    '<rootDir>/training',
    '<rootDir>/bench',
    '<rootDir>/parity',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
};

export default {
  projects: [
    {
      ...project,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      globalSetup: '<rootDir>/test/jest/build-kernels.js',
    },
    {
      ...project,
      displayName: 'integration',
      testMatch: ['**/*.int-spec.ts'],
      globalSetup: '<rootDir>/test/jest/build.js',
    },
  ],
  reporters: ['default', '<rootDir>/test/jest/count.reporter.js'],
  testTimeout: 60_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
};
