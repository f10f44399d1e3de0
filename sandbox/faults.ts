import { setTimeout as pause } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import type { SettingsStore } from './settings-store.ts';

/** What can go wrong with the registry's own API; `rate` is the share of requests it hits, `ms` how long it lasts. */
export const FaultSetting = z.object({
  mode: z.enum(['none', 'down', 'slow', 'error', 'timeout-after-accept', 'reset', 'wrong-body', 'busy']),
  rate: z.number().min(0).max(1).default(1),
  ms: z.int().min(0).max(600_000).optional(),
});
export type FaultSetting = z.infer<typeof FaultSetting>;

/** An answer before it is written to the wire. */
export interface Reply {
  readonly status: number;
  readonly body: object;
}

const SLOW_MS = 12_000;
const SILENT_MS = 30_000;

/** Faults on demand. `stopped` ends waiting ones early, so that closing does not hang on them. */
export function createFaults({
  settings,
  fraction,
  stopped,
}: {
  readonly settings: SettingsStore;
  readonly fraction: () => number;
  readonly stopped: AbortSignal;
}) {
  async function drawn(): Promise<FaultSetting> {
    const setting = FaultSetting.safeParse(await settings.read('faults')).data;
    return setting && fraction() < setting.rate ? setting : { mode: 'none', rate: 1 };
  }

  const wait = (ms: number) => pause(ms, undefined, { signal: stopped }).catch(() => undefined);

  return {
    set: (setting: FaultSetting) => settings.put('faults', setting),
    /** Before anything is read: refuses, fails or delays the request; else remembers what is to happen to the answer. */
    async before(request: Request, response: Response, next: NextFunction): Promise<void> {
      const fault = await drawn();
      response.locals['fault'] = fault;
      if (fault.mode === 'down') request.socket.destroy();
      else if (fault.mode === 'error') response.status(500).json({ title: 'The registry failed.' });
      else if (fault.mode === 'busy') response.status(503).set('retry-after', '1').json({ title: 'Ask again later.' });
      else {
        if (fault.mode === 'slow') await wait(fault.ms ?? SLOW_MS);
        next();
      }
    },
    /** After the item was processed: answers it, or spoils the answer. */
    async answer(response: Response, { status, body }: Reply): Promise<void> {
      const fault = FaultSetting.parse(response.locals['fault']);
      if (fault.mode === 'timeout-after-accept') {
        await wait(fault.ms ?? SILENT_MS);
        response.socket?.destroy();
      } else if (fault.mode === 'reset') sendHalf(response, status, JSON.stringify(body));
      else if (fault.mode === 'wrong-body') response.status(200).type('html').send('<html><body>Welcome</body></html>');
      else response.status(status).json(body);
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;

function sendHalf(response: Response, status: number, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.resetAndDestroy());
}
