// The suffix of a spec is its speed: .unit (no I/O), .int (an engine), .e2e (the whole stack).
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@signalbox/source', 'node', 'node-addons'] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/out-tsc/'],
  modulePathIgnorePatterns: ['/dist/', '/out-tsc/', '<rootDir>/.local/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
};

const specsNamed = (suffix) => [`<rootDir>/{apps,libs,tools,e2e,bench}/**/*.${suffix}.spec.ts`];

export default {
  projects: [
    { ...shared, displayName: 'unit', testMatch: specsNamed('unit') },
    {
      ...shared,
      displayName: 'int',
      testMatch: specsNamed('int'),
      globalSetup: '<rootDir>/tools/jest-engines.mjs',
      globalTeardown: '<rootDir>/tools/jest-engines-stop.mjs',
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: specsNamed('e2e'),
      testEnvironment: '<rootDir>/e2e/jest-environment.mjs',
    },
  ],
  testTimeout: 60_000,
};
