import { z } from 'zod';
import { accept } from '../src/domain/outcome.ts';
import { stateForFirm } from '../src/domain/own-time.ts';
import { present } from '../src/domain/present.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { AuditReading, ReadAudit } from '../src/services/keep-audit.ts';

const State = z.record(z.string(), z.json()).nullable();

const AuditView = z
  .object({
    id: z.string(),
    chain: z.string(),
    at: z.string(),
    by: z.string(),
    role: z.string(),
    what: z.string(),
    thing: z.string().nullable(),
    about: z.record(z.string(), z.string()),
    before: State,
    after: State,
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

interface Parts {
  readonly readAudit: ReadAudit;
}

/** Who did what, when, with what stood before and after; a firm sees what was done to its own data, the operator's looks too. */
export function auditRoutes({ readAudit }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/audit',
      summary: 'Who did what when, the newest first',
      tag: 'audit',
      scope: 'read',
      access: { right: ['audit', 'read'] },
      request: {
        query: listQuery({ thing: z.string().max(200).exactOptional(), by: z.string().max(80).exactOptional() }),
      },
      response: { status: 200, body: pageOf(AuditView) },
      refusals: [],
      handle: async ({ query: { limit, cursor, ...filter }, reach, viewer: { firmId } }) => {
        const within = await reach.within(['audit', 'read']);
        const page = await readAudit(filter, pageRequest({ limit, ...present({ cursor }) }, within));
        if (reach.everything || firmId === undefined) return accept(answerPage(page, auditView));
        const workers = await reach.ownWorkers();
        const own = workers === 'all' ? workers : new Set(workers.keys());
        const shown = (state: unknown) => stateForFirm(state, firmId, own);
        return accept(
          answerPage(page, (one) => auditView({ ...one, before: shown(one.before), after: shown(one.after) })),
        );
      },
    }),
  ];
}

function auditView({ entry, before, after }: AuditReading): z.infer<typeof AuditView> {
  return { ...entry, about: { ...entry.about }, before: State.parse(before), after: State.parse(after) };
}
