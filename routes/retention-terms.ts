import { z } from 'zod';
import { Day } from '../src/domain/ids.ts';
import { accept } from '../src/domain/outcome.ts';
import { retentionKinds } from '../src/domain/retention.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { KeepTerms } from '../src/services/keep-terms.ts';

const RetentionView = z
  .object({
    kind: z.enum(retentionKinds),
    days: z.number().int(),
    countsFrom: z.string(),
    becomes: z.string(),
    source: z.string(),
    /** What lies before this day is past its term. */
    before: Day,
    /** How much of it there is now: the next run of the job `retention` lets it go. */
    due: z.number().int(),
  })
  .meta({ id: 'RetentionTerm' });

/** How long things are kept, and what is past its term: a dry run of the daily job. */
export function retentionRoutes({ keepTerms }: { readonly keepTerms: KeepTerms }): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/retention',
      summary: 'How long each kind of data is kept, and how much of it would go now; nothing does',
      tag: 'runs',
      scope: 'read',
      request: {},
      response: { status: 200, body: z.object({ items: z.array(RetentionView) }) },
      refusals: [],
      handle: async () => {
        const terms = await keepTerms.report();
        return accept({
          items: terms.map(({ rule: { least: _least, ...rule }, before, due }) => ({ ...rule, before, due })),
        });
      },
    }),
  ];
}
