import { execFile } from 'node:child_process';

/** How a command of the project ended, and what it said. */
export interface CommandEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const SECRET = /KEY|TOKEN|PASSWORD/;

/**
 * Runs a command of the project as an operator does, as a process of its own: `breach` is `src/breach-command.ts`. Fails when it says
 * one of the secrets that it was given.
 */
export function runCommand(
  name: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<CommandEnd> {
  const env = { ...process.env, SANDBOX: 'on', ...settings };
  const secrets = Object.entries(settings).flatMap(([name, value]) => (SECRET.test(name) ? value.split(',') : []));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', 'tsx', `src/${name}-command.ts`, ...words], { env }, (error, out, err) => {
      if (secrets.some((secret) => secret !== '' && `${out}${err}`.includes(secret))) {
        reject(new Error(`${name} ${words.join(' ')} said a secret`));
      }
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err });
    });
  });
}
