import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { SettingsStore } from './settings-store.ts';

const Offset = z.object({ offsetMs: z.number() });

/** Longer than the interval at which instances look, so that an answered change is in force everywhere. */
const SPREAD_MS = 300;

/** Business time as an offset against real time, kept in the sandbox's database and shared by all instances. */
export function createSandboxClock({ settings, real }: { settings: SettingsStore; real: () => Date }) {
  let offsetMs = 0;

  async function change(offset: number | undefined): Promise<void> {
    if (offset === undefined) await settings.remove('clock');
    else await settings.put('clock', { offsetMs: offset });
    offsetMs = offset ?? 0;
    await pause(SPREAD_MS);
  }

  return {
    /** Milliseconds to add to real time, as of the last look. */
    offsetMs: () => offsetMs,
    /** Looks whether another instance set the clock. */
    async sync(): Promise<void> {
      offsetMs = Offset.safeParse(await settings.read('clock')).data?.offsetMs ?? 0;
    },
    /** From now on it is `now`, earlier or later; the clock runs on from there. */
    set: (now: Date) => change(now.getTime() - real().getTime()),
    /** Back to real time. */
    clear: () => change(undefined),
  };
}

export type SandboxClock = ReturnType<typeof createSandboxClock>;
