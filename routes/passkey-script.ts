/** What the page runs to have the device make a passkey; it stands apart because no page of ours runs scripts of its own. */
export const PASSKEY_SCRIPT = `'use strict';
const button = document.querySelector('button[data-csrf]');
const said = document.querySelector('[role=status]');
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');
const post = async (path, body) => {
  const headers = { 'x-csrf-token': button.dataset.csrf, ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await fetch('/api/v1' + path, { method: 'POST', headers, body: body && JSON.stringify(body) });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail + ' ' + told.detailEn);
  return told;
};
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
