import { setImmediate } from 'node:timers/promises';
import type { Day, E164 } from '../domain/ids.ts';
import type { ListBounds } from '../domain/phone-list/list-bounds.ts';
import { type PhoneImport, isLeftOut } from '../domain/phone-list/phone-import.ts';
import {
  type ClearRow,
  type ListPlan,
  type PlannedRow,
  type Registrations,
  createListPlan,
} from '../domain/phone-list/plan-list.ts';
import { present } from '../domain/present.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import type { Catalogues } from '../domain/phone-list/read-list-row.ts';
import type { ImportStore } from '../ports-imports.ts';
import type { FirmStore, NumberCipher, PhoneStore, WorkerStore } from '../ports.ts';
import type { BoundList } from './bound-list.ts';
import { readAll } from './read-all.ts';
import { correctRow } from './read-rows.ts';

/** One row with its corrections, and what it would do now; a row that was left out has no plan. */
export interface ViewedRow {
  readonly row: number;
  readonly cells: readonly string[];
  /** What a person said of columns that the file lacks. */
  readonly beside?: Readonly<Record<string, string>>;
  readonly plan?: PlannedRow;
  /** It was left out because it is about nobody. */
  readonly aside?: true;
}

/** Is given the rows piece by piece; answers false to hear no more. */
export type VisitRows = (rows: readonly ViewedRow[], plan: ListPlan) => Promise<boolean> | boolean;

export type PlanImport = ReturnType<typeof createImportPlanner>;

interface Parts {
  readonly imports: Pick<ImportStore, 'rowsOf'>;
  readonly firms: Pick<FirmStore, 'all' | 'findMany'>;
  readonly workers: Pick<WorkerStore, 'all' | 'pageOf'>;
  readonly boundList: BoundList;
  readonly phones: Pick<PhoneStore, 'findMany'>;
  readonly cipher: Pick<NumberCipher, 'index'>;
  readonly catalogues: Catalogues;
}

const PAGE = 1000;
/** So many pieces are held against the numbers on file at once; calls are answered between two of them. */
const TOGETHER = 5;

/**
 * Holds a list against what is on file now, piece by piece. Names are compared folded, which no index does, so all firms
 * and workers are gone through: a matter of milliseconds for a small builder.
 */
export function createImportPlanner(parts: Parts) {
  const { imports, phones, cipher, catalogues } = parts;
  const registrationsOf = createRegistrationsReader(phones, cipher);

  /** The corrected rows of each piece, and among them those that take part. */
  async function* corrected(draft: PhoneImport) {
    for await (const stored of imports.rowsOf(draft.id, draft.version)) {
      const rows = stored.map((row) => correctRow(row, draft, catalogues));
      yield { rows, kept: rows.filter((row) => !isLeftOut(row, draft.corrections)) };
    }
  }

  async function settleCrowd(draft: PhoneImport, plan: ListPlan): Promise<void> {
    const crowded = plan.crowdedRows();
    if (crowded.size === 0) return;
    const clear: ClearRow[] = [];
    for await (const { kept } of corrected(draft)) {
      clear.push(...kept.filter(({ row }) => crowded.has(row)).map((row) => plan.clarify(row)));
    }
    plan.settleCrowd(clear, await registrationsOf(clear));
  }

  async function learn(draft: PhoneImport, today: Day): Promise<ListPlan> {
    const bounds = draft.owner && (await parts.boundList(draft.owner));
    const plan = createListPlan(today, bounds);
    await (bounds ? knowWithin(parts, plan, bounds) : knowAll(parts, plan));
    for await (const { kept } of corrected(draft)) kept.forEach((row) => plan.declareFirm(row));
    for await (const { kept } of corrected(draft)) kept.forEach((row) => plan.declareWorker(row));
    await settleCrowd(draft, plan);
    return plan;
  }

  return async function planImport(draft: PhoneImport, visit: VisitRows): Promise<void> {
    const plan = await learn(draft, draft.day);
    for await (const some of together(corrected(draft))) {
      const clear: (readonly ClearRow[])[] = [];
      for (const { kept } of some) {
        clear.push(kept.map((row) => plan.clarify(row)));
        await setImmediate();
      }
      const registrations = await registrationsOf(clear.flat());
      for (const [place, { rows }] of some.entries()) {
        const planned = new Map(plan.finish(clear[place] ?? [], registrations).map((one) => [one.row, one]));
        const viewed = rows.map(({ row, cells, aside, beside }): ViewedRow => {
          const plan = planned.get(row);
          const isAside = aside && !plan && !draft.corrections[row]?.dropped;
          return { row, cells, ...present({ plan, beside }), ...(isAside ? { aside } : {}) };
        });
        if (!(await visit(viewed, plan))) return;
      }
    }
  };
}

/** Pieces some at a time: what is on file of their numbers is read by one command. */
async function* together<Piece>(pieces: AsyncIterable<Piece>): AsyncGenerator<readonly Piece[]> {
  let some: Piece[] = [];
  for await (const piece of pieces) {
    some.push(piece);
    if (some.length < TOGETHER) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

async function knowAll({ firms, workers }: Parts, plan: ListPlan): Promise<void> {
  for await (const firm of firms.all()) plan.knowFirm(firm);
  for await (const worker of workers.all()) plan.knowWorker(worker);
}

/** Whoever is out of a firm's bounds is nobody to its list. */
async function knowWithin(
  { firms, workers }: Parts,
  plan: ListPlan,
  { registrable, uppers }: ListBounds,
): Promise<void> {
  for (const firm of await firms.findMany([...new Set([...registrable, ...uppers])])) plan.knowFirm(firm);
  for (const employerId of registrable) {
    const people = await readAll((request) => workers.pageOf({ employerId }, request));
    for (const worker of people) plan.knowWorker(worker);
  }
}

/** What is on file of the numbers of some rows. */
function createRegistrationsReader(phones: Parts['phones'], cipher: Parts['cipher']) {
  return async function registrationsOf(rows: readonly ClearRow[]): Promise<Registrations> {
    const byIndex = new Map(
      rows.flatMap(({ wish }) => (wish ? [[cipher.index(wish.number), wish.number] as const] : [])),
    );
    const registrations = new Map<E164, readonly PhoneRegistration[]>();
    const indexes = [...byIndex.keys()];
    for (let at = 0; at < indexes.length; at += PAGE) {
      for (const record of await phones.findMany(indexes.slice(at, at + PAGE))) {
        const number = byIndex.get(record.index);
        if (number !== undefined) registrations.set(number, record.registrations);
      }
    }
    return registrations;
  };
}
