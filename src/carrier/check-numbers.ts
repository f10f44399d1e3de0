import type { E164 } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { CarrierConsole, HeldNumber } from './carrier-console.ts';
import {
  compareNumber,
  fallbackElsewhere,
  leadsHere,
  planNumber,
  refuseAccount,
  refuseAddress,
  warnOfAccount,
} from './number-plan.ts';
import { type Probe, probeFallback, probeWebhooks } from './probe-webhooks.ts';
import { findNumber } from './setup-number.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly level: 'fine' | 'warning' | 'wrong';
  readonly sentence: string;
}

interface Check extends Probe {
  readonly console: CarrierConsole;
  /** Without one: every number of the account that leads to this service. */
  readonly number?: E164;
  readonly fallbackUrl?: string;
  /** The sandbox's carrier reaches this machine; the real one does not. */
  readonly sandbox: boolean;
}

const fine = (sentence: string): Finding => ({ level: 'fine', sentence });
const warning = (sentence: string): Finding => ({ level: 'warning', sentence });
const wrong = (sentence: string | undefined): Finding => ({ level: 'wrong', sentence: sentence ?? '' });
const toFinding = (outcome: Outcome<string>): Finding => (outcome.ok ? fine(outcome.value) : wrong(outcome.detail));

/** Looks whether calls will arrive: the account, every number, and the way from the public address into the service. */
export async function checkLine(check: Check): Promise<readonly Finding[]> {
  const address = check.sandbox ? undefined : refuseAddress(check.publicBaseUrl);
  return [
    ...(address === undefined ? [] : [wrong(address)]),
    ...(await checkAccount(check)),
    ...(await checkNumbers(check)),
    ...(await probeWebhooks(check)).map(toFinding),
  ];
}

async function checkAccount({ console }: Check): Promise<readonly Finding[]> {
  const standing = await console.standing();
  if (!standing.ok) return [wrong(standing.detail)];
  const refusal = refuseAccount(standing.value);
  return [
    refusal === undefined ? fine('The account is active.') : wrong(refusal),
    warning(warnOfAccount(standing.value)),
  ];
}

async function checkNumbers(check: Check): Promise<readonly Finding[]> {
  const numbers = await findNumbers(check);
  if (!numbers.ok) return [wrong(numbers.detail)];
  const findings: Finding[] = [];
  for (const held of numbers.value) findings.push(...(await checkNumber(check, held)));
  return findings;
}

async function findNumbers({ console, number, publicBaseUrl }: Check): Promise<Outcome<readonly HeldNumber[]>> {
  if (number !== undefined) {
    const found = await findNumber(console, number);
    return found.ok ? accept([found.value]) : found;
  }
  const all = await console.numbers();
  if (!all.ok) return all;
  const ours = all.value.filter(({ settings }) => leadsHere(settings, publicBaseUrl));
  if (ours.length > 0) return accept(ours);
  return refuse(
    'no-number',
    `No number of the account leads to ${publicBaseUrl}: npm run twilio -- setup --number … sets one up.`,
  );
}

async function checkNumber(check: Check, { number, settings }: HeldNumber): Promise<readonly Finding[]> {
  const elsewhere = check.fallbackUrl ?? fallbackElsewhere(settings, check.publicBaseUrl);
  const { publicBaseUrl } = check;
  const plan = planNumber({ publicBaseUrl, ...(elsewhere === undefined ? {} : { fallbackUrl: elsewhere }) });
  const differences = compareNumber(settings, plan).map(({ setting, is, shouldBe }) =>
    wrong(`${number}: ${setting} is "${is}" and should be "${shouldBe}".`),
  );
  return [
    ...(differences.length > 0 ? differences : [fine(`${number} is set up as it should be.`)]),
    ...(elsewhere === undefined ? [] : [toFinding(await probeFallback(elsewhere))]),
  ];
}
