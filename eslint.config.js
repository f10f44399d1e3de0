import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const size = ['error', { max: 250, skipBlankLines: true, skipComments: false }];

export default tseslint.config(
  { ignores: ['node_modules', 'data', 'bench/results', '**/*.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-console': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Only main.ts and the command files name process.' },
      ],
      'max-lines': size,
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 10],
      'max-params': ['error', 4],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: [
      'src/main.ts',
      'src/rebuild.ts',
      'src/operator.ts',
      'src/audit-command.ts',
      'src/breach-command.ts',
      'src/check-command.ts',
      'src/keys-command.ts',
      'src/write-openapi.ts',
      'src/write-prompts.ts',
      'src/twilio-command.ts',
      'sandbox/call.ts',
      'sandbox/rush.ts',
      'db/prove.ts',
      'bench/**',
      'test/run.ts',
      'test/prove-service.ts',
      'test/support/**',
    ],
    rules: { 'no-restricted-globals': 'off', 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  { files: ['eslint.config.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['ivr/prompts*.ts'], rules: { 'max-lines': 'off' } },
);
