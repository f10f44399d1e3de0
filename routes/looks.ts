import { z } from 'zod';
import { FirmId } from '../src/domain/ids.ts';
import { LONGEST_LOOK_MINUTES, type Look } from '../src/domain/look.ts';
import { accept, mapOutcome } from '../src/domain/outcome.ts';
import { plainText } from '../src/domain/text.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { LookStore } from '../src/ports-looks.ts';
import type { ForViewer } from '../src/ports.ts';
import type { LookService } from '../src/services/keep-looks.ts';

const NewLook = z
  .strictObject({
    firmId: FirmId,
    reason: plainText(200),
    minutes: z.number().int().min(1).max(LONGEST_LOOK_MINUTES),
  })
  .meta({ id: 'NewLook' });

const LookView = z
  .object({
    id: z.string(),
    by: z.string(),
    firmId: FirmId,
    reason: z.string(),
    openedAt: z.string(),
    until: z.string(),
    closedAt: z.string().nullable(),
    open: z.boolean(),
  })
  .meta({ id: 'Look' });

const tag = 'looks';

interface Parts {
  readonly looks: ForViewer<LookStore>;
  readonly lookService: LookService;
}

/**
 * The operator's looks into firms: a person of the operator sees personal data of a firm only while a look into it is open, and the firm
 * sees each look with its reason. A key of the operator's needs none.
 */
export function lookRoutes({ looks, lookService }: Parts): readonly Endpoint[] {
  const view = (look: Look): z.infer<typeof LookView> => ({
    ...look,
    openedAt: tokyoText(look.openedAt),
    until: tokyoText(look.until),
    closedAt: look.closedAt ? tokyoText(look.closedAt) : null,
    open: lookService.isOpen(look),
  });
  return [
    endpoint({
      method: 'post',
      path: '/looks',
      summary: 'Open a look into a firm, with a reason and for so many minutes; the firm can read both',
      tag,
      scope: 'read',
      request: { body: NewLook },
      response: { status: 201, body: LookView },
      refusals: ['unknown-firm', 'conflict'],
      handle: async ({ body, viewer }) => mapOutcome(await lookService.open(body, viewer.keyId), view),
    }),
    endpoint({
      method: 'get',
      path: '/looks',
      summary: 'Looks of the operator into one’s own firm, with their reasons; for the operator all',
      tag,
      scope: 'read',
      access: { right: ['look', 'read'] },
      request: { query: listQuery({}) },
      response: { status: 200, body: pageOf(LookView) },
      refusals: [],
      handle: async ({ query, reach }) =>
        accept(answerPage(await looks.page(pageRequest(query, await reach.within(['look', 'read']))), view)),
    }),
    endpoint({
      method: 'delete',
      path: '/looks/{id}',
      summary: 'Close a look before its time',
      tag,
      scope: 'read',
      request: { params: z.object({ id: z.string().max(60) }) },
      response: { status: 200, body: LookView },
      refusals: ['not-found', 'conflict'],
      handle: async ({ params, viewer }) => mapOutcome(await lookService.close(params.id, viewer), view),
    }),
  ];
}
