import { z } from 'zod';

/** A warning beside a thing that was accepted; the same on every read as long as the thing is the same. */
export const WarningView = z
  .object({ pointer: z.string(), code: z.string(), message: z.string(), messageEn: z.string() })
  .meta({ id: 'Warning' });
