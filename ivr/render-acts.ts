import { renderAgi } from './agi.ts';
import { renderJambonz } from './jambonz.ts';
import { renderTwiml } from './twiml.ts';
import type { Act } from './verbs.ts';

const RENDERERS = {
  twilio: (acts: readonly Act[]) => renderTwiml(acts),
  somleng: (acts: readonly Act[]) => renderTwiml(acts, 'somleng'),
  jambonz: renderJambonz,
  agi: renderAgi,
} as const;

/** Who plays an answer to the caller. */
export type Carrier = keyof typeof RENDERERS;
export const carriers = Object.keys(RENDERERS) as readonly Carrier[];

/** An answer in the words of the carrier that plays it. */
export function renderActs(acts: readonly Act[], carrier: Carrier = 'twilio'): string {
  return RENDERERS[carrier](acts);
}
