/** The account at the carrier's REST API, and where that is; any of its tokens will do. */
export interface CarrierAccount {
  readonly url: string;
  readonly accountSid: string;
  readonly token: string;
}

/** How the account says who it is. */
export function authorizationOf({ accountSid, token }: CarrierAccount): string {
  return `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`;
}
