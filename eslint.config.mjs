import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Imports and globals that would let a decision depend on something other than its arguments. */
const domainPurity = {
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        { group: ['node:*'], message: 'libs/domain does no I/O: pass the value in.' },
        {
          group: ['@nestjs/*', 'rxjs', 'mongoose', 'kafkajs', 'bullmq', 'ioredis', 'express'],
          message: 'libs/domain knows no framework.',
        },
      ],
      paths: [
        'fs',
        'path',
        'crypto',
        'os',
        'http',
        'https',
        'net',
        'child_process',
        'timers',
        'util',
        'events',
      ].map((name) => ({ name, message: 'libs/domain does no I/O: pass the value in.' })),
    },
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
    { object: 'Math', property: 'random', message: 'Chance comes in as an argument.' },
    { object: 'performance', property: 'now', message: 'Time comes in as an argument.' },
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'Time comes in as an argument.',
    },
    { selector: "CallExpression[callee.name='Date']", message: 'Time comes in as an argument.' },
  ],
  'no-restricted-globals': [
    'error',
    'process',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'fetch',
    'crypto',
    'Buffer',
  ],
};

/** Who may import whom. Specs may also use the builders of libs/testing. */
const mayImport = {
  'type:contracts': [],
  'type:domain': ['type:contracts'],
  'type:runtime': ['type:contracts'],
  'type:adapter': ['type:contracts', 'type:runtime'],
  'type:mails': ['type:contracts', 'type:domain', 'type:runtime'],
  'type:testing': ['type:contracts'],
  'type:portal': ['type:contracts', 'type:domain'],
  'type:app': ['type:contracts', 'type:domain', 'type:runtime', 'type:adapter', 'type:mails'],
  'type:tools': ['type:contracts', 'type:domain', 'type:runtime', 'type:adapter'],
  'type:bench': ['type:contracts', 'type:tools'],
  'type:e2e': ['type:contracts', 'type:runtime', 'type:testing', 'type:tools'],
};
const boundaries = (also = []) => [
  'error',
  {
    enforceBuildableLibDependency: true,
    allow: [],
    depConstraints: Object.entries(mayImport).map(([sourceTag, tags]) => ({
      sourceTag,
      onlyDependOnLibsWithTags: [...tags, ...also],
    })),
  },
];

export default [
  { ignores: ['**/dist', '**/out-tsc', '**/node_modules', '.nx', '.local'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@nx/enforce-module-boundaries': boundaries(),
    },
  },
  { files: ['**/*.spec.ts'], rules: { '@nx/enforce-module-boundaries': boundaries(['type:testing']) } },
  { files: ['libs/domain/src/**/*.ts'], ignores: ['**/*.spec.ts'], rules: domainPurity },
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
];
