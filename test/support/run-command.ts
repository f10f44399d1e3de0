import { execFile } from 'node:child_process';

/** How a command of the project ended, and what it said. */
export interface CommandEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the project as an operator does, as a process of its own: `breach` is `src/breach-command.ts`. */
export function runCommand(
  name: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<CommandEnd> {
  const env = { ...process.env, SANDBOX: 'on', ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', `src/${name}-command.ts`, ...words], { env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err });
    });
  });
}
