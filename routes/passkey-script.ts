/** What both scripts need: bytes as text and back, and questions to the admin API. */
const TOOLS = `'use strict';
const said = document.querySelector('[role=status]');
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');
const post = async (path, body) => {
  const csrf = document.querySelector('button[data-csrf]')?.dataset.csrf;
  const headers = { ...(csrf ? { 'x-csrf-token': csrf } : {}), ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await fetch('/api/v1' + path, { method: 'POST', headers, body: body && JSON.stringify(body) });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail + ' ' + told.detailEn);
  return told;
};
`;

/** What the page runs to have the device make a passkey; it stands apart because no page of ours runs scripts of its own. */
export const PASSKEY_SCRIPT = `${TOOLS}
const button = document.querySelector('button[data-csrf]');
const register = async () => {
  const options = await post('/passkeys/options');
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: options.excludeCredentials.map((one) => ({ ...one, id: bytes(one.id) })),
    },
  });
  const { clientDataJSON, attestationObject } = made.response;
  await post('/passkeys', {
    name: document.querySelector('#name').value,
    credential: {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      response: { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) },
    },
  });
};
if (!window.PublicKeyCredential) {
  button.hidden = true;
  said.textContent = 'この端末ではパスキーを使えません。 This device has no passkeys.';
}
button.addEventListener('click', async () => {
  button.disabled = true;
  try {
    await register();
    said.textContent = 'パスキーを登録しました。次からパスワードなしでサインインできます。 The passkey is kept.';
  } catch (error) {
    said.textContent = '登録できませんでした。 Not kept. ' + (error.name === 'NotAllowedError' ? '' : error.message);
    button.disabled = false;
  }
});
`;

/** Signs in by the device's passkey and then sends the form, which the sign-in answers for. Without scripts the form stays hidden. */
export const SIGN_IN_SCRIPT = `${TOOLS}
const form = document.querySelector('form[data-passkey]');
const signIn = async () => {
  const options = await post('/sessions/passkey/options');
  const found = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge) } });
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
  const response = { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature) };
  await post('/sessions/passkey', {
    credential: {
      id: found.id,
      rawId: text(found.rawId),
      type: found.type,
      response: { ...response, ...(userHandle ? { userHandle: text(userHandle) } : {}) },
    },
  });
};
form.hidden = !window.PublicKeyCredential;
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    await signIn();
    form.submit();
  } catch (error) {
    said.textContent = 'サインインできませんでした。 Not signed in. ' + (error.name === 'NotAllowedError' ? '' : error.message);
  }
});
`;
