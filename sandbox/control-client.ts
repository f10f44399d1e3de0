import { request } from 'undici';
import type { CarrierCall } from './carrier-list.ts';
import type { Known } from './known-store.ts';

/** The sandbox's control API could not do what was asked; the message is a sentence for whoever typed the command. */
export class SandboxAway extends Error {}

const PATIENCE_MS = 10_000;

/** What a registry holds of one day of one worker, as the control API lists it. */
export interface HeldHistory {
  readonly workerId: string;
  readonly siteId: string;
  readonly workDate: string;
  readonly complete: boolean;
}

/** The control API of a running sandbox, for commands that set the outside world up. */
export function createControlClient(url: string) {
  async function ask(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
    const sent =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await request(`${url}/control${path}`, {
      method,
      reset: true,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...sent,
    }).catch(() => {
      throw new SandboxAway(`No sandbox answers at ${url}: is the service running with SANDBOX=on?`);
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300)
      throw new SandboxAway(`The sandbox refused ${method} ${path} (${answer.statusCode}): ${text.slice(0, 300)}`);
    return text === '' || answer.statusCode === 204 ? undefined : JSON.parse(text);
  }

  return {
    /** Sets business time, or sets it right with `now`. */
    async setClock(at: string): Promise<void> {
      if (at === 'now') await ask('DELETE', '/clock');
      else await ask('PUT', '/clock', { now: at });
    },
    /** Puts a call on the carrier's own list, as every carrier keeps one. */
    async listCall(call: CarrierCall): Promise<void> {
      await ask('POST', '/carrier/calls', call);
    },
    async makeKnown(known: Known): Promise<void> {
      await ask('PUT', '/known', known);
    },
    /** What the registry holds of a month, `YYYY-MM`. */
    async heldHistories(month: string): Promise<readonly HeldHistory[]> {
      return ((await ask('GET', `/histories?month=${month}`)) as { items: readonly HeldHistory[] }).items;
    },
  };
}

export type ControlClient = ReturnType<typeof createControlClient>;
