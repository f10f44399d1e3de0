const PLAIN = 'genba_session';
/** Browsers take it only over TLS, for this host alone and every path. */
const LOCKED = `__Host-${PLAIN}`;

/** The secret of a sign-in, as the browser sent it. */
export function readSessionCookie(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const cut = pair.indexOf('=');
    const name = pair.slice(0, cut).trim();
    const value = pair.slice(cut + 1).trim();
    if ((name === LOCKED || name === PLAIN) && /^[a-f0-9]{64}$/.test(value)) return value;
  }
  return undefined;
}

/** The cookie of a sign-in; no script reads it and no foreign page's form sends it. Without a secret: it is taken back. */
export function writeSessionCookie(secret: string | undefined, { secure }: { readonly secure: boolean }): string {
  const name = secure ? LOCKED : PLAIN;
  const rest = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return secret === undefined ? `${name}=; Max-Age=0; ${rest}` : `${name}=${secret}; ${rest}`;
}
