import type { WorkerId } from '../domain/ids.ts';
import type { Within } from '../domain/reach.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { present } from '../domain/present.ts';
import type { AuditStore } from '../ports-audit.ts';
import type { CorrectionStore } from '../ports-corrections.ts';
import type { Worker } from '../domain/worker.ts';
import type { ConsentStore, DisclosureStore } from '../ports-disclosure.ts';
import type { NoticeStore } from '../ports-notices.ts';
import type { ReminderStore } from '../ports-watch.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { Page, PageRequest, WorkerStore } from '../ports.ts';
import type { PhoneFinder } from './find-phones.ts';
import type { CertificateService, CopyService } from './keep-copies.ts';
import type { PaperFacts } from './keep-papers.ts';
import type { Photo, PhotoService } from './keep-photos.ts';
import type { LeaveService } from './leave-firm.ts';
import type { Phone } from './register-phone.ts';

const PAGE = 200;

interface Parts {
  readonly workers: WorkerStore;
  readonly disclosures: DisclosureStore;
  readonly audit: AuditStore;
  readonly projections: ProjectionStore;
  readonly corrections: CorrectionStore;
  readonly phoneFinder: PhoneFinder;
  readonly reminders: Pick<ReminderStore, 'ofWorkers'>;
  readonly notices: NoticeStore;
  readonly consents: ConsentStore;
  readonly photoService: Pick<PhotoService, 'read'>;
  readonly copyService: Pick<CopyService, 'read'>;
  readonly certificateService: Pick<CertificateService, 'read'>;
  readonly leaveService: Pick<LeaveService, 'preview' | 'reasonOf'>;
}

type Papers = AsyncGenerator<PaperFacts & { readonly base64: string }>;

/** What is on file about somebody, and beside it the copies of his papers, under the names of their kinds. */
export interface OwnData {
  readonly facts: object;
  readonly papers: { readonly insuranceCopies: Papers; readonly certificateImages: Papers };
}

export type CollectOwnData = ReturnType<typeof createCollectOwnData>;

/** Everything that is on file about one worker, for himself: what he is, his telephones, days, calls, corrections, and who looked. */
export function createCollectOwnData(parts: Parts) {
  const { workers, disclosures, audit, projections, corrections, phoneFinder, photoService } = parts;
  return async (id: WorkerId): Promise<Outcome<OwnData, 'not-found'>> => {
    const worker = (await workers.find(id))?.value;
    if (!worker) return refuse('not-found');
    const [phones, disclosure] = await Promise.all([phoneFinder.ofWorker(id, 'everything'), disclosures.find(id)]);
    const within: Within = { 'passages.workerId': id };
    const calls = await all((request) => projections.pageCalls({}, { ...request, within }));
    const looks = await all((request) => audit.page({ thing: id }, request));
    const photo = await photoService.read(id);
    const facts = {
      worker,
      facePhoto: photo.ok ? photoInWords(photo.value) : null,
      phones: phones.map((phone) => ownPhone(phone, id)),
      disclosure: disclosure?.value ?? null,
      ...(await aroundHim(parts, worker)),
      histories: await all((request) => projections.pageHistories({ workerId: id }, request)),
      withdrawnHistories: await all((request) => projections.pageHistories({ workerId: id, withdrawn: true }, request)),
      exceptions: await all((request) => projections.pageExceptions({}, { ...request, within: { workerId: id } })),
      calls: calls.map(({ turns: _turns, passages, ...call }) => ({
        ...call,
        passages: passages.filter(({ workerId }) => workerId === id),
      })),
      corrections: await all((request) => corrections.pageOf({ workerId: id }, request)),
      looks: looks.map(({ at, by, role, what }) => ({ at, by, role, what })),
    };
    return accept({ facts, papers: papersOf(parts, worker) });
  };
}

function papersOf(
  { copyService, certificateService }: Parts,
  { id, insuranceCopies, certificateImages }: Worker,
): OwnData['papers'] {
  return {
    insuranceCopies: papersIn(copyService, id, insuranceCopies),
    certificateImages: papersIn(certificateService, id, certificateImages),
  };
}

/** Every paper that is kept of him, as it was attached; one at a time, since together they may be large. */
async function* papersIn(
  service: Pick<CopyService | CertificateService, 'read'>,
  id: WorkerId,
  papers: readonly PaperFacts[] = [],
): Papers {
  for (const paper of papers) {
    const read = await service.read(id, paper.id);
    if (read.ok) yield { ...paper, base64: read.value.bytes.toString('base64') };
  }
}

function photoInWords({ photo, bytes }: Photo) {
  return { contentType: photo.contentType, on: photo.on, base64: bytes.toString('base64') };
}

/** His own part of a registration: who else holds the number is not his. */
function ownPhone({ number, registration }: Phone, id: WorkerId) {
  const { left = [], tell: _tell, ...rest } = registration;
  const gone = left.filter(({ workerId }) => workerId === id);
  return { ...rest, number: number(), workerIds: [id], ...(gone.length > 0 ? { left: gone } : {}) };
}

/** What was sent to him, who may act for his employer, and his leaving. */
async function aroundHim({ reminders, notices, consents, leaveService }: Parts, { id, employerId }: Worker) {
  const within = { employerId: employerId ?? '' };
  const departure = await leaveService.preview(id);
  const left = departure.ok && departure.value?.by ? departure.value : undefined;
  return {
    reminders: await reminders.ofWorkers([id]),
    notices: await all((request) => notices.page({ workerId: id }, request)),
    wantsNotices: await notices.wantedBy(id),
    consentsOfEmployer: await all((request) => consents.page({ ...request, within })),
    leaving: left ? { lastDay: left.lastDay, state: left.state, reason: leaveService.reasonOf(left) ?? null } : null,
  };
}

async function all<T>(page: (request: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const found: Page<T> = await page({ limit: PAGE, within: 'everything', ...present({ after }) });
    items.push(...found.items);
    after = found.next;
  } while (after !== undefined);
  return items;
}
