/** What the carrier has set at one of our numbers, by the names of its own API; absent things are empty texts. */
export interface NumberSettings {
  readonly voiceUrl: string;
  readonly voiceMethod: string;
  readonly voiceFallbackUrl: string;
  readonly voiceFallbackMethod: string;
  readonly statusCallback: string;
  readonly statusCallbackMethod: string;
  /** An application or a trunk would win over the URLs, so both must be empty. */
  readonly voiceApplicationSid: string;
  readonly trunkSid: string;
  /** Before 2010-04-01 a call that is not taken is charged. */
  readonly apiVersion: string;
}

/** One setting that is not what it should be. */
export interface Difference {
  readonly setting: keyof NumberSettings;
  readonly is: string;
  readonly shouldBe: string;
}

/**
 * How long the carrier waits and how often it tries again before it turns to the fallback, written into the fragment, which is
 * never sent: 2 s to connect, 4 s for the answer, 10 s in all, two more tries when connecting, reading or the server failed.
 */
export const RETRIES = '#ct=2000&rt=4000&tt=10000&rc=2&rp=ct,rt,5xx';

/** What a number should have. A fallback hosted elsewhere is fetched with GET, since a static file takes nothing else. */
export function planNumber({
  publicBaseUrl,
  fallbackUrl,
}: {
  readonly publicBaseUrl: string;
  readonly fallbackUrl?: string;
}): NumberSettings {
  const webhook = (name: string) => `${publicBaseUrl}/webhooks/twilio/${name}${RETRIES}`;
  return {
    voiceUrl: webhook('voice'),
    voiceMethod: 'POST',
    voiceFallbackUrl: fallbackUrl ?? webhook('fallback'),
    voiceFallbackMethod: fallbackUrl === undefined ? 'POST' : 'GET',
    statusCallback: webhook('status'),
    statusCallbackMethod: 'POST',
    voiceApplicationSid: '',
    trunkSid: '',
    apiVersion: '2010-04-01',
  };
}

/** What differs, in the order of the plan. */
export function compareNumber(is: NumberSettings, shouldBe: NumberSettings): readonly Difference[] {
  return (Object.keys(shouldBe) as (keyof NumberSettings)[])
    .filter((setting) => is[setting] !== shouldBe[setting])
    .map((setting) => ({ setting, is: is[setting], shouldBe: shouldBe[setting] }));
}

/** The address of a fallback that is set and leads away from this service, if there is one. */
export function fallbackElsewhere({ voiceFallbackUrl }: NumberSettings, publicBaseUrl: string): string | undefined {
  if (voiceFallbackUrl === '' || voiceFallbackUrl.startsWith(`${publicBaseUrl}/`)) return undefined;
  return voiceFallbackUrl;
}

/** Whether anything at the number leads to this service: the numbers of an account may serve other things too. */
export function leadsHere(
  { voiceUrl, voiceFallbackUrl, statusCallback }: NumberSettings,
  publicBaseUrl: string,
): boolean {
  return [voiceUrl, voiceFallbackUrl, statusCallback].some((url) => url.startsWith(`${publicBaseUrl}/`));
}

/** What the carrier says of the account. */
export interface AccountStanding {
  readonly status: string;
  readonly type: string;
}

/** What keeps an account from taking calls at all; undefined when it is in use. */
export function refuseAccount({ status }: AccountStanding): string | undefined {
  return status === 'active' ? undefined : `The account is ${status}: the carrier takes no calls for it.`;
}

/** What an operator must know of the account before the first morning; the carrier's API does not tell how many calls it allows. */
export function warnOfAccount({ type }: AccountStanding): string {
  return type === 'Trial'
    ? 'This is a trial account: it holds one number and five calls at once. Upgrade it before people rely on the line.'
    : 'How many calls the account may hold at once depends on its customer profile: 2 without an approved one, 3 for an individual, no limit for a business. A morning at the gate needs the business profile; see whether it is approved in the console of the carrier.';
}

/** Why the carrier cannot use an address as the public one; undefined when it can. */
export function refuseAddress(publicBaseUrl: string): string | undefined {
  const { protocol, hostname } = new URL(publicBaseUrl);
  if (/^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(hostname)) {
    return `PUBLIC_BASE_URL is ${publicBaseUrl}, which the carrier cannot reach: it must be the public address of this service.`;
  }
  return protocol === 'https:'
    ? undefined
    : `PUBLIC_BASE_URL is ${publicBaseUrl}: it must begin with https://, or calls travel unprotected.`;
}
