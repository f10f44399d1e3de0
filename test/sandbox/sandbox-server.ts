import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { connect } from '../../models/connection.ts';
import type { RegistryHistory, RegistryRosterLine, RegistryTree } from '../../src/domain/registry-item.ts';
import type { Day } from '../../src/domain/ids.ts';
import { createHttpRegistry } from '../../src/registry/http-registry.ts';
import { registrySample } from '../../sandbox/sample.ts';
import { createSandbox } from '../../sandbox/sandbox.ts';

export const TOKEN = 'sandbox-token-for-tests';

const [prime, carpenters, plumbers] = registrySample.firms.map(({ ccusId }) => ccusId) as [string, string, string];
const site = registrySample.sites[0]!.ccusId;
const worker = registrySample.workers[1]!.ccusId;
const otherWorker = registrySample.workers[2]!.ccusId;

/** Ids of the sample that the tests speak of; `worker` belongs to `carpenters` and has 34-01 and 34-03. */
export const ids = { prime, carpenters, plumbers, site, worker, otherWorker };

/** A tree of the prime and one subcontractor. */
export function aTree(change: Partial<RegistryTree> = {}): RegistryTree {
  return {
    siteId: site,
    version: 1,
    rows: [
      { firmId: prime, firmName: '見本建設株式会社', tier: 0, upper: null, status: 'REGISTERED' },
      { firmId: carpenters, firmName: '例示工務店有限会社', tier: 1, upper: prime, status: 'REGISTERED' },
    ],
    ...change,
  };
}

/** A complete roster line. */
export function aLine(change: Partial<RegistryRosterLine> = {}): RegistryRosterLine {
  return {
    siteId: site,
    firmId: carpenters,
    workerId: worker,
    jobType: '34-01',
    position: 'FOREMAN',
    version: 1,
    ...change,
  };
}

/** A complete history of one day. */
export function aHistory(change: Partial<RegistryHistory> = {}): RegistryHistory {
  return {
    siteId: site,
    workerId: worker,
    workDate: '2026-11-24' as Day,
    employerId: carpenters,
    primeId: prime,
    entryAt: '2026-11-24T07:41:00+09:00',
    exitAt: null,
    jobType: '34-01',
    position: 'FOREMAN',
    method: 'PHONE_CALL',
    afterTheFact: false,
    withdrawn: false,
    version: 1,
    ...change,
  };
}

/** A clock that stands at one moment until it is moved. */
export function aClock(start: string) {
  let at = new Date(start);
  return { now: () => at, real: () => new Date(), move: (to: string) => void (at = new Date(to)) };
}

type Entry = Record<string, unknown>;

/** What the control answers, as far as the tests look at it. */
export interface ControlBody {
  readonly items: readonly Entry[];
  readonly nodes: readonly Entry[];
  readonly roster: readonly Entry[];
  readonly version: number;
  readonly detail: string;
}

interface StartOptions {
  readonly clock?: ReturnType<typeof aClock>;
  readonly fraction?: () => number;
  readonly totalMs?: number;
}

/** One instance of the sandbox on a free port, on the database of `uri`, with a client as the service has it. */
export async function startSandbox(
  uri: string,
  { clock = aClock('2026-11-24T12:00:00+09:00'), fraction = () => 0, totalMs = 10_000 }: StartOptions = {},
) {
  const connection = await connect(uri.replace(/\/([^/?]+)(\?|$)/, '/$1_sandbox$2'), 4);
  const failures: string[] = [];
  const log = { error: (_fields: object, sentence: string) => void failures.push(sentence) };
  const sandbox = createSandbox({
    connection,
    clock,
    chance: { fraction },
    log,
    token: TOKEN,
    registrySample,
    lines: ['+815031000101'],
  });
  await sandbox.ready();
  const server = createServer(sandbox.app);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    clock,
    sandbox,
    failures,
    registry: createHttpRegistry({ url, token: TOKEN, timeouts: { connectMs: totalMs, totalMs } }),
    async control(method: string, path: string, body?: object) {
      const response = await fetch(`${url}/control${path}`, {
        method,
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as ControlBody };
    },
    async stop(): Promise<void> {
      sandbox.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await connection.close();
    },
  };
}

export type RunningSandbox = Awaited<ReturnType<typeof startSandbox>>;
