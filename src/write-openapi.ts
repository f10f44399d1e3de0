import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { VERSION } from './compose-app.ts';
import { type Declared, declareEndpoints } from './declare-endpoints.ts';
import { buildOpenApi } from './http/openapi.ts';

const FILE = 'openapi.json';

const command = new Command('npm run openapi --')
  .description(`Writes the admin API's OpenAPI document to ${FILE}.`)
  .action(write);

await command.parseAsync();

async function write(): Promise<void> {
  const document = buildOpenApi(declareEndpoints(declared()), { version: VERSION });
  await writeFile(FILE, `${JSON.stringify(document, undefined, 2)}\n`);
  process.stdout.write(`${FILE}: ${String(Object.keys(document.paths ?? {}).length)} paths\n`);
}

/** Parts that nobody may use: declaring endpoints asks nothing of them but their names. */
function declared(): Declared {
  const unused: object = new Proxy(() => unused, {
    get: () => unused,
  });
  const parts: Record<keyof Declared, unknown> = {
    stores: {},
    registers: unused,
    attendance: unused,
    lists: unused,
    clock: unused,
  };
  return parts as unknown as Declared;
}
