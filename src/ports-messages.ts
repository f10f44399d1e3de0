import type { E164 } from './domain/ids.ts';

/**
 * What became of a message: the carrier has it; it refused it; it was certainly not reached, so that it may be tried again; or nobody
 * knows, so that it may not.
 */
export type Sent = 'accepted' | 'refused' | 'not-reached' | 'unknown';

/** Messages to people through the carrier. */
export interface Messenger {
  /** Whether a number to send texts from is configured. */
  readonly sendsTexts: boolean;
  sendText(message: { readonly to: E164; readonly text: string }): Promise<Sent>;
  /** Calls somebody from one of our lines; what he hears is asked for at our public address, at this path. */
  placeCall(call: { readonly to: E164; readonly from: E164; readonly path: string }): Promise<Sent>;
}
