/** Lets whoever holds a key look at something; answers the text. */
export async function seenBy(url: string, secret: string, path: string, accept = 'application/json'): Promise<string> {
  const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${secret}`, accept } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${text}`);
  return text;
}
