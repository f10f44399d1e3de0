/** The admin API did not do what was asked; the message is a sentence for whoever typed the command. */
export class AdminRefused extends Error {}

const PATIENCE_MS = 30_000;

/** A person of the office at the admin API of a running service, for commands that set something up. */
export function createAdminClient({ baseUrl, key }: { readonly baseUrl: string; readonly key: string }) {
  async function send(method: string, path: string, body?: FormData | object): Promise<Response> {
    const json = body !== undefined && !(body instanceof FormData);
    const headers = { authorization: `Bearer ${key}`, ...(json ? { 'content-type': 'application/json' } : {}) };
    const sent = body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return fetch(`${baseUrl}/api/v1${path}`, { method, headers, signal, ...sent }).catch(() => {
      throw new AdminRefused(`Nobody answers at ${baseUrl}: is the service running (npm start)?`);
    });
  }

  async function ask<T>(method: 'GET' | 'POST', path: string, body?: FormData | object): Promise<T> {
    const answer = await send(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new AdminRefused(`The service refused ${method} ${path} (${answer.status}): ${text}`);
    return JSON.parse(text) as T;
  }

  return {
    ask,
    /** What stands at a path; undefined when nothing does. */
    async find<T>(path: string): Promise<T | undefined> {
      const answer = await send('GET', path);
      if (answer.status === 404) return undefined;
      if (!answer.ok)
        throw new AdminRefused(`The service refused GET ${path} (${answer.status}): ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    /** Every item of a list, page after page. */
    async all<T>(path: string): Promise<readonly T[]> {
      const items: T[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const separator = path.includes('?') ? '&' : '?';
        const page: { items: T[]; nextCursor: string | null } = await ask('GET', `${path}${separator}limit=200${more}`);
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    },
  };
}

export type AdminClient = ReturnType<typeof createAdminClient>;
