import { Agent, request } from 'undici';
import { z } from 'zod';
import { callIdOfUuid } from '../domain/foreign-call-id.ts';
import type { Day } from '../domain/ids.ts';
import { addDays, tokyoDay } from '../domain/work-day.ts';
import type { CarrierCalls, ListedCall } from '../ports-carrier.ts';
import { type CarrierAccount, authorizationOf } from './carrier-account.ts';

const PAGE_SIZE = 1_000;
/** More than any number can ring in a day; a list that goes on and on is not believed. */
const MOST_PAGES = 50;
const TIMEOUT_MS = 10_000;

const ListPage = z.object({
  calls: z.array(
    z.object({
      sid: z.string(),
      from: z.string(),
      to: z.string(),
      status: z.string(),
      direction: z.string(),
      start_time: z.string().nullable(),
    }),
  ),
  next_page_uri: z.string().nullable(),
});
type ListPage = z.infer<typeof ListPage>;

const UNDER_WAY = new Set(['queued', 'ringing', 'in-progress']);

/** The list as Twilio's REST API serves it: by number and by UTC days, of which a Tokyo day touches two, page after page. */
export function createCallList(account: CarrierAccount): CarrierCalls {
  const { accountSid } = account;
  const base = account.url.replace(/\/+$/, '');
  const dispatcher = new Agent({ connect: { timeout: 3_000 } });
  const authorization = authorizationOf(account);

  async function readPage(path: string): Promise<ListPage | undefined> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const answer = await request(base + path, { dispatcher, signal, headers: { authorization } });
      return ListPage.safeParse(await answer.body.json()).data;
    } catch {
      return undefined;
    }
  }

  return {
    async callsTo(line, day) {
      const query = new URLSearchParams({
        To: line,
        'StartTime>': addDays(day, -1),
        'StartTime<': addDays(day, 1),
        PageSize: String(PAGE_SIZE),
      });
      const found: ListedCall[] = [];
      let path: string | null = `/2010-04-01/Accounts/${accountSid}/Calls.json?${query.toString()}`;
      for (let place = 0; path !== null; place++) {
        const page: ListPage | undefined = place < MOST_PAGES ? await readPage(path) : undefined;
        if (!page) return undefined;
        found.push(...incomingOn(day, page));
        path = page.next_page_uri;
      }
      return found.sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
    },
  };
}

function incomingOn(day: Day, { calls }: ListPage): readonly ListedCall[] {
  return calls
    .filter(({ direction }) => direction === 'inbound')
    .map(({ sid, from, to, status, start_time }) => ({
      callId: z.uuid().safeParse(sid).success ? callIdOfUuid(sid) : sid,
      from,
      to,
      startedAt: new Date(start_time ?? Number.NaN),
      over: !UNDER_WAY.has(status),
    }))
    .filter(({ startedAt }) => !Number.isNaN(startedAt.getTime()) && tokyoDay(startedAt) === day);
}
