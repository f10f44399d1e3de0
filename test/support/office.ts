import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { KEY, type Line } from './line.ts';

/** An office person at the admin API of one instance. */
export interface Office {
  readonly ask: <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<T>;
  /** Every item of a list, page after page. */
  readonly all: <T = Record<string, unknown>>(path: string) => Promise<T[]>;
  /** Asks again until the answer is there; what calls change is seen within two seconds of the last call. */
  readonly until: <T>(what: string, look: () => Promise<T | undefined | false>, ms?: number) => Promise<T>;
}

export function office(url: string): Office {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    ask,
    async all<T>(path: string) {
      const items: T[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: { items: T[]; nextCursor: string | null } = await ask(
          'GET',
          `${path}${path.includes('?') ? '&' : '?'}limit=200${more}`,
        );
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    },
    async until(what, look, ms = 30_000) {
      const deadline = performance.now() + ms;
      for (;;) {
        const found = await look();
        if (found) return found;
        if (performance.now() > deadline) throw new Error(`${what}: not within ${String(ms)} ms`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

/** A small builder with one site, one line and some people, known to the registry too. */
export interface Builder {
  readonly primeId: string;
  readonly firmId: string;
  readonly siteId: string;
  readonly siteCcusId: string;
  readonly line: string;
  readonly people: readonly {
    readonly id: string;
    readonly ccusId: string;
    readonly number: string;
    readonly kana: string;
    readonly workerCode: string;
  }[];
}

let serial = 4_000_000;
const KANA = 'アイウエオカキクケコサシスセソタチツテト';

/** Registers a builder through the API: a prime, a first-tier firm with standing consent, a site with a line, `count` workers. */
export async function registerBuilder(line: Pick<Line, 'control'>, { ask }: Office, count = 1): Promise<Builder> {
  const next = () => ++serial;
  const firm = (name: string, kana: string) =>
    ask<{ id: string; ccusId: string; name: string }>('POST', '/firms', {
      name,
      kana,
      kind: 'corporation',
      ccusId: buildCcusId('firm', next()),
    });
  const prime = await firm('試験建設株式会社', 'シケンケンセツ');
  const tier1 = await firm('検査工業株式会社', 'ケンサコウギョウ');
  const historyPeriod = { from: '2026-01-01', to: '2027-12-31' };
  const site = await ask<{ id: string; ccusId: string; name: string }>('POST', '/sites', {
    ...{
      name: '試験町共同住宅',
      kana: 'シケンマチ',
      primeId: prime.id,
      ccusId: buildCcusId('site', next()),
      historyPeriod,
    },
  });
  const number = `+815032${String(next() % 1_000_000).padStart(6, '0')}`;
  await ask('POST', '/lines', { number, siteId: site.id });
  const people = [];
  for (let i = 0; i < count; i++)
    people.push(await registerWorker({ ask }, { firmId: tier1.id, upperFirmId: prime.id, place: i }));
  await line.control('PUT', '/known', {
    firms: [prime, tier1].map(({ ccusId, name }) => ({ ccusId, name })),
    workers: people.map(({ ccusId, name }) => ({ ccusId, name, employerCcusId: tier1.ccusId, jobTypes: ['34-01'] })),
    sites: [{ ccusId: site.ccusId, name: site.name, primeCcusId: prime.ccusId, ...historyPeriod }],
  });
  return { primeId: prime.id, firmId: tier1.id, siteId: site.id, siteCcusId: site.ccusId, line: number, people };
}

/** Registers one worker with a telephone of his own. */
export async function registerWorker(
  { ask }: Pick<Office, 'ask'>,
  {
    firmId,
    upperFirmId,
    place = 0,
  }: { readonly firmId: string; readonly upperFirmId?: string; readonly place?: number },
) {
  const own = ++serial;
  const kana = `シケン ${KANA[place % 20] ?? ''}${KANA[(place * 7 + 3) % 20] ?? ''}オ`;
  const worker = await ask<{ id: string; ccusId: string; workerCode: string; name: string }>('POST', '/workers', {
    ...{
      name: `試験 ${String(place)}夫`,
      kana,
      employerId: firmId,
      ccusId: buildCcusId('worker', own),
      jobTypes: ['34-01'],
    },
  });
  const number = `+8190${String(10_000_000 + (own % 80_000_000)).padStart(8, '0')}`;
  await ask('POST', '/phones', {
    ...{
      number,
      workerIds: [worker.id],
      standingConsent: true,
      jobType: '34-01',
      position: 'FOREMAN',
      inform: false,
      validFrom: '2026-01-01',
    },
    ...(upperFirmId === undefined ? {} : { upperFirmId }),
  });
  return { ...worker, number, kana };
}
