import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { CarrierCall, type CarrierList } from './carrier-list.ts';
import { check } from './sandbox-problem.ts';

const VERSION = '2010-04-01';

/** A day of the carrier is a day in UTC; a bare day means its midnight. */
const Bound = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((text) => new Date(text));

const Query = z.object({
  To: z.string().optional(),
  From: z.string().optional(),
  Status: CarrierCall.shape.status.optional(),
  'StartTime>': Bound.optional(),
  'StartTime<': Bound.optional(),
  PageSize: z.coerce.number().int().min(1).max(1000).default(50),
  Page: z.coerce.number().int().min(0).default(0),
});

/** The carrier's list of calls in the shape of Twilio's REST API, with its pages and its RFC 2822 times. */
export function createCarrierRoutes(list: CarrierList): Router {
  const router = Router();
  router.get(`/${VERSION}/Accounts/:account/Calls.json`, async (request: Request, response: Response) => {
    const { account } = check(z.object({ account: z.string() }), request.params);
    if (!/^Basic ./.test(request.get('authorization') ?? '')) {
      response.status(401).json({ code: 20003, message: 'Authenticate', status: 401 });
      return;
    }
    const query = check(Query, request.query);
    const { PageSize: size, Page: page } = query;
    const found = await list.list({
      to: query.To,
      from: query.From,
      status: query.Status,
      notBefore: query['StartTime>'],
      notAfter: query['StartTime<'],
      skip: page * size,
      limit: size + 1,
    });
    const calls = found.slice(0, size).map((call) => twilioCall(account, call));
    const more = found.length > size;
    response.json({
      calls,
      page,
      page_size: size,
      start: page * size,
      end: page * size + Math.max(0, calls.length - 1),
      uri: request.originalUrl,
      first_page_uri: pageUri(request, 0),
      next_page_uri: more ? pageUri(request, page + 1) : null,
      previous_page_uri: page > 0 ? pageUri(request, page - 1) : null,
    });
  });
  return router;
}

function pageUri(request: Request, page: number): string {
  const [path = '', query = ''] = request.originalUrl.split('?');
  const params = new URLSearchParams(query);
  params.set('Page', String(page));
  return `${path}?${params.toString()}`;
}

function twilioCall(account: string, { sid, from, to, startTime, status, duration }: CarrierCall) {
  const start = new Date(startTime);
  const end = new Date(start.getTime() + duration * 1000);
  return {
    sid,
    account_sid: account,
    parent_call_sid: null,
    from,
    from_formatted: from,
    to,
    to_formatted: to,
    status,
    direction: 'inbound',
    date_created: rfc2822(start),
    date_updated: rfc2822(end),
    start_time: rfc2822(start),
    end_time: rfc2822(end),
    duration: String(duration),
    price: null,
    price_unit: 'USD',
    api_version: VERSION,
    uri: `/${VERSION}/Accounts/${account}/Calls/${sid}.json`,
  };
}

function rfc2822(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000');
}
