// The rules that need types, and those that keep pure code pure; format and all other rules are biome's.

import tseslint from 'typescript-eslint';

const PURE = ['src/model/**/*.ts', 'src/correlate/**/*.ts', 'src/route/**/*.ts'];
const NO_TIME = 'Time is data in pure code: take it as an argument.';
const NO_LOCALE = 'Text compares by code unit in pure code, whatever the language of the machine.';
const LOCALE_METHODS = ['localeCompare', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toLocaleLowerCase', 'toLocaleUpperCase'];
const IMPURE_GLOBALS = [
  'process',
  'Buffer',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'crypto',
  'fetch',
  'console',
];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'data/', '.cache/', 'src/generated/', 'scripts/', '*.js', '*.cjs', 'vitest.config.ts'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { project: ['./tsconfig.test.json', './web/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/restrict-plus-operands': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Intl', message: NO_LOCALE },
        ...IMPURE_GLOBALS.map((name) => ({ name, message: 'Pure code touches nothing outside its arguments.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: NO_TIME },
        { object: 'Math', property: 'random', message: 'Nothing is random in pure code.' },
        ...LOCALE_METHODS.map((property) => ({ property, message: NO_LOCALE })),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: NO_TIME },
        { selector: "CallExpression[callee.name='Date']", message: NO_TIME },
        {
          selector: 'CallExpression[callee.property.name=/^(getFullYear|getMonth|getDate|getDay|getHours|getMinutes)$/]',
          message: 'These depend on the zone of the machine: use the UTC forms.',
        },
      ],
    },
  },
);
