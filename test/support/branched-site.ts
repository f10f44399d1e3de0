import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { phone } from './caller.ts';
import { type Instance, type Line, openLine } from './line.ts';
import { type Builder, type Office, office, registerBuilder, registerWorker } from './office.ts';
import { isProjected } from './projected.ts';

/** A firm with one worker who called. */
interface Joined {
  readonly firmId: string;
  readonly workerId: string;
}

/** Somebody who asks with a key of his own. */
export interface Asker {
  raw(method: string, path: string, body?: unknown): Promise<Response>;
  /** Sends a form of text fields. */
  form(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  get<T>(path: string): Promise<T>;
  idsOf(path: string): Promise<readonly string[]>;
  firmsOf(): Promise<readonly string[]>;
}

/** A site with a prime, a firm below it, one below that, and one beside: each with somebody on the roster. */
export interface BranchedSite {
  readonly line: Line;
  readonly instance: Instance;
  readonly desk: Office;
  readonly builder: Builder;
  /** Below the first-tier firm of the builder. */
  readonly lower: Joined;
  /** Beside it, directly below the prime. */
  readonly beside: Joined;
  readonly keyOf: (fields: object) => Promise<Asker>;
}

/** The status and the reasons of a refusal. */
export async function reasonsOf(answer: Response): Promise<readonly unknown[]> {
  const { reasons = [] } = (await answer.json()) as { reasons?: readonly { code: string }[] };
  return [answer.status, ...reasons.map(({ code }) => code)];
}

/** Opens the site and lets everybody call. */
export async function openBranchedSite(): Promise<BranchedSite> {
  const line = await openLine();
  const instance = await line.instance();
  const { url, service } = instance;
  const desk = office(url);
  await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
  const builder = await registerBuilder(line, desk, 1);
  const join = async (upperFirmId: string, place: number): Promise<Joined> => {
    const ccusId = buildCcusId('firm', 7_000_000 + place);
    const firm = await desk.ask<{ id: string }>('POST', '/firms', {
      ...{ name: `配下${String(place)}`, kana: 'ハイカ', kind: 'corporation', ccusId },
    });
    const worker = await registerWorker(desk, { firmId: firm.id, upperFirmId, place });
    await phone(url).call({ from: worker.number, to: builder.line });
    return { firmId: firm.id, workerId: worker.id };
  };
  const lower = await join(builder.firmId, 2);
  const beside = await join(builder.primeId, 3);
  await phone(url).call({ from: builder.people[0]?.number ?? '', to: builder.line });
  const called = [lower.workerId, beside.workerId, builder.people[0]?.id ?? ''];
  await desk.until('all that follows from three calls', async () => {
    const seen = await Promise.all(called.map((id) => isProjected(service.stores, id)));
    return seen.every((one) => one);
  });
  return { line, instance, desk, builder, lower, beside, keyOf: keysFor(desk, url, builder.siteId) };
}

function keysFor(desk: Office, url: string, siteId: string) {
  return async (fields: object): Promise<Asker> => {
    const key = { name: 'x', role: 'firm-responsible', scopes: ['read', 'write'], ...fields };
    const { secret } = await desk.ask<{ secret: string }>('POST', '/keys', key);
    const raw = (method: string, path: string, body?: unknown) =>
      fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const form = (path: string, fields: Readonly<Record<string, string>>) => {
      const body = new FormData();
      for (const [name, text] of Object.entries(fields)) body.set(name, text);
      return fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { authorization: `Bearer ${secret}` }, body });
    };
    const get = async <T>(path: string) => (await (await raw('GET', path)).json()) as T;
    return {
      raw,
      form,
      get,
      async idsOf(path) {
        const { items } = await get<{ items: Record<string, string>[] }>(path);
        return items.map((one) => one['workerId'] ?? one['id'] ?? '').sort();
      },
      async firmsOf() {
        const { nodes } = await get<{ nodes: { firmId: string }[] }>(`/sites/${siteId}/tree`);
        return nodes.map(({ firmId }) => firmId).sort();
      },
    };
  };
}
