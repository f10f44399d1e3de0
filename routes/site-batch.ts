import { z } from 'zod';
import { Day, FirmId, SiteId } from '../src/domain/ids.ts';
import { type Outcome, accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import { MOST_SITES, type SiteCells, plainDay, readSiteTable } from '../src/domain/site-table.ts';
import type { Warning } from '../src/domain/warning.ts';
import { CcusIdText, kanaText, plainText } from '../src/domain/text.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { inputErrors } from '../src/http/input-error.ts';
import type { InputError } from '../src/http/problem.ts';
import type { NewSite } from '../src/services/register-site.ts';
import type { SiteBatch, SiteOfMany } from '../src/services/register-sites.ts';
import { PostalCode } from './postal-codes.ts';
import { Managers, Period, SiteView, siteRules } from './site-body.ts';
import { type SiteGround, siteWarnings, viewWhole } from './site-view.ts';
import { WarningView } from './warning-view.ts';

const SheetDay = z.preprocess(plainDay, Day);
const ManagerId = plainText(60);

/** One house: what it has of its own. */
const House = z
  .strictObject({
    name: plainText(120),
    kana: kanaText(120),
    postalCode: PostalCode.exactOptional(),
    address: plainText(200),
    from: SheetDay,
    to: SheetDay,
    siteManagerId: ManagerId.exactOptional(),
    contactName: plainText(120).exactOptional(),
    officeAddress: plainText(200).exactOptional(),
    ccusId: CcusIdText.exactOptional(),
  })
  .superRefine(({ from, to }, context) => {
    if (to >= from) return;
    context.addIssue({ code: 'custom', path: ['to'], params: { code: 'period-reversed' }, input: to });
  });
const Common = z.strictObject(siteRules);

const ManySites = z
  .strictObject({
    primeId: FirmId,
    /** `{name, kana, address, from, to, postalCode?, siteManagerId?, contactName?, officeAddress?, ccusId?}` each; also `historyPeriod`. */
    rows: z
      .array(z.record(z.string().max(60), z.unknown()))
      .min(1)
      .max(MOST_SITES)
      .exactOptional(),
    /** Instead of rows: a table with headings 現場名 現場カナ 住所 開始日 終了日 現場管理者. */
    csv: z.string().max(200_000).exactOptional(),
    /** What all of them have alike. */
    common: Common.prefault({}),
    /** False shows what would be made, true makes it. */
    commit: z.boolean().default(false),
  })
  .superRefine(({ rows, csv }, context) => {
    if ((rows === undefined) !== (csv === undefined)) return;
    context.addIssue({ code: 'custom', path: ['rows'], params: { code: 'required' }, input: rows });
  })
  .meta({ id: 'ManySites' });

const ManySitesView = z
  .object({
    committed: z.boolean(),
    counts: z.object({
      rows: z.number().int(),
      valid: z.number().int(),
      invalid: z.number().int(),
      existing: z.number().int(),
      created: z.number().int(),
    }),
    rows: z.array(
      z.object({
        row: z.number().int(),
        state: z.enum(['new', 'exists', 'created', 'invalid']),
        siteId: SiteId.exactOptional(),
        errors: z.array(z.object({ column: z.string(), code: z.string(), message: z.string(), messageEn: z.string() })),
        /** What looks odd and is taken all the same, as a site shows it. */
        warnings: z.array(WarningView),
      }),
    ),
    createdIds: z.array(SiteId),
  })
  .meta({ id: 'ManySitesResult' });

const SiteCopy = z
  .strictObject({
    name: plainText(120),
    kana: kanaText(120),
    historyPeriod: Period,
    postalCode: PostalCode.exactOptional(),
    address: plainText(200).exactOptional(),
    officeAddress: plainText(200).exactOptional(),
    ccusId: CcusIdText.exactOptional(),
    contactName: plainText(120).exactOptional(),
    siteManagerIds: Managers.exactOptional(),
  })
  .meta({ id: 'SiteCopy' });

const tag = 'sites';

interface Parts extends SiteGround {
  readonly siteBatch: SiteBatch;
}

/** Several houses of one builder at once, and a site like one that is there. */
export function siteBatchRoutes({ siteBatch, ...ground }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/sites/bulk',
      summary: 'Register many sites of one builder: a preview of each row, and with `commit` all of them or none',
      tag,
      scope: 'write',
      access: {
        right: ['firm', 'build'],
        named: ({ body }) => [{ right: ['firm', 'build'], ids: [body.primeId], refusal: 'unknown-firm' }],
      },
      request: { body: ManySites },
      response: { status: 200, body: ManySitesView },
      refusals: [
        ...unreadable,
        'unknown-firm',
        'period-reversed',
        'kentaikyo-method-needed',
        'conflict',
        'rows-invalid',
      ],
      handle: async ({ body }) => {
        const cells = body.csv === undefined ? accept(body.rows ?? []) : await readSiteTable(body.csv);
        if (!cells.ok) return cells;
        const { siteManagerIds = [] } = body.common;
        const named = cells.value.flatMap(({ siteManagerId: id }) => (typeof id === 'string' ? [id.trim()] : []));
        const known = await ground.knownManagers([...siteManagerIds, ...named]);
        const warn = (input: NewSite) => siteWarnings(input, ground.catalogs, known);
        return answerMany(siteBatch, { ...body, warn }, cells.value);
      },
    }),
    endpoint({
      method: 'post',
      path: '/sites/{id}/copy',
      summary: 'Register a site like this one: its contract and rules, with a name, place and period of its own',
      tag,
      scope: 'write',
      access: { right: ['site', 'change'], one: ({ params }) => params.id },
      request: { params: z.object({ id: SiteId }), body: SiteCopy },
      response: { status: 201, body: SiteView },
      refusals: ['not-found', 'unknown-firm', 'period-reversed', 'kentaikyo-method-needed', 'conflict'],
      handle: async ({ params, body }) => {
        const made = await siteBatch.copy(params.id, body);
        return made.ok ? accept(await viewWhole(made.value, ground)) : made;
      },
    }),
  ];
}

const unreadable = ['import-empty', 'import-unreadable', 'import-too-large'] as const;

interface Checked {
  readonly row: number;
  readonly input?: NewSite;
  readonly errors: readonly InputError[];
}

type Wanted = z.infer<typeof ManySites> & { readonly warn: (input: NewSite) => readonly Warning[] };
type ManyAnswer = z.infer<typeof ManySitesView>;
type ManyRefusal = 'unknown-firm' | 'period-reversed' | 'kentaikyo-method-needed' | 'conflict' | 'rows-invalid';

async function answerMany(
  siteBatch: SiteBatch,
  wanted: Wanted,
  cells: readonly SiteCells[],
): Promise<Outcome<ManyAnswer, ManyRefusal>> {
  const { common, commit, primeId } = wanted;
  if (common.contract && !common.kentaikyoMethod) return refuse('kentaikyo-method-needed', 'common/kentaikyoMethod');
  const checked = cells.map((row, place) => checkRow(wanted, row, place + 1));
  const wrong = checked.filter(({ input }) => !input).map(({ row }) => row);
  if (commit && wrong.length > 0) return refuse('rows-invalid', `rows: ${wrong.slice(0, 20).join(', ')}`);
  const inputs = checked.flatMap(({ input }) => (input ? [input] : []));
  const done = commit ? await siteBatch.register(primeId, inputs) : accept(await siteBatch.preview(primeId, inputs));
  return mapOutcome(done, (sites) => shownMany(checked, sites, wanted));
}

/** A house may say its period as a site does, `historyPeriod: {from, to}`. */
function withPlainPeriod(cells: SiteCells): SiteCells {
  const { historyPeriod, ...rest } = cells;
  const period = z.strictObject({ from: z.unknown(), to: z.unknown() }).safeParse(historyPeriod);
  return period.success ? { ...period.data, ...rest } : cells;
}

function checkRow({ primeId, common }: Wanted, cells: SiteCells, row: number): Checked {
  const parsed = House.safeParse(withPlainPeriod(cells), { reportInput: true });
  if (!parsed.success) return { row, errors: inputErrors('body', parsed.error) };
  const { from, to, siteManagerId, ...own } = parsed.data;
  const managers = siteManagerId === undefined ? {} : { siteManagerIds: [siteManagerId] };
  return { row, errors: [], input: { ...common, ...own, ...managers, primeId, historyPeriod: { from, to } } };
}

function shownMany(
  checked: readonly Checked[],
  sites: readonly SiteOfMany[],
  { commit: committed, warn }: Wanted,
): ManyAnswer {
  const next = sites.values();
  const rows = checked.map(({ row, input, errors }) => {
    const site = input ? next.next().value : undefined;
    const wrong = errors.map(({ pointer, code, message, messageEn }) => ({
      ...{ column: pointer.slice(1), code, message, messageEn },
    }));
    return {
      row,
      state: site?.state ?? ('invalid' as const),
      ...present({ siteId: site?.siteId }),
      errors: wrong,
      warnings: input ? [...warn(input)] : [],
    };
  });
  const count = (state: string) => rows.filter((one) => one.state === state).length;
  const invalid = count('invalid');
  return {
    committed,
    counts: {
      ...{ rows: rows.length, valid: rows.length - invalid, invalid },
      ...{ existing: count('exists'), created: count('created') },
    },
    rows,
    createdIds: rows.flatMap(({ state, siteId }) => (state === 'created' && siteId ? [siteId] : [])),
  };
}
