import type { AccountParts, NoteSignIn } from './answer-invitation.ts';
import { createAccountService } from './keep-accounts.ts';
import type { Asking } from './keep-audit.ts';
import { createPasskeyService } from './keep-passkeys.ts';
import { createSessionService } from './sign-in.ts';

type Parts = Omit<AccountParts, 'note'> &
  Omit<Parameters<typeof createSessionService>[0], 'note'> & {
    readonly witness: (asking: Asking) => Promise<() => Promise<void>>;
    /** Where people come: passkeys and invitations are good there. */
    readonly publicBaseUrl: string;
  };

/** People's accounts, passwords and passkeys, wired together. */
export function createSignIns(ground: Parts) {
  const { publicBaseUrl, witness } = ground;
  const note: NoteSignIn = async (viewer, what) =>
    (await witness({ viewer, what, about: {}, changes: true, looked: [] }))();
  const parts = { ...ground, note };
  const sessionService = createSessionService(parts);
  return {
    accountService: createAccountService(parts),
    sessionService,
    passkeyService: createPasskeyService({ ...parts, enter: sessionService.enter }),
    publicBaseUrl,
    secureCookies: publicBaseUrl.startsWith('https:'),
  };
}
