import type { InsuranceName } from '../domain/firm.ts';
import { accept, refuse } from '../domain/outcome.ts';
import type { CertificateImage, Worker } from '../domain/worker.ts';
import type { InsuranceCopy } from '../domain/worker-insurance.ts';
import type { CopyStore } from '../ports-copies.ts';
import { createPaperService } from './keep-papers.ts';

type Parts = Parameters<typeof createPaperService>[0] & {
  readonly copies: CopyStore;
  readonly certificates: CopyStore;
};

/** So many copies are kept of one worker; certificates have two sides. */
const MOST_COPIES = 20;
const MOST_CERTIFICATES = 60;

export type CopyService = ReturnType<typeof createCopyService>;

/** Keeps copies of insurance papers, without which evidence on paper confirms nothing (PR-060). */
export function createCopyService(parts: Parts) {
  return createPaperService<InsuranceCopy, { readonly insurance: InsuranceName }>(parts, {
    prefix: 'cpy',
    most: MOST_COPIES,
    store: parts.copies,
    of: ({ insuranceCopies = [] }) => insuranceCopies,
    put: (worker, insuranceCopies) => ({ ...worker, insuranceCopies }),
    describe: (_worker, about) => accept(about),
  });
}

export type CertificateService = ReturnType<typeof createCertificateService>;

/** Keeps images of the certificates of what a worker has learnt (2.9, A-13). */
export function createCertificateService(parts: Parts) {
  return createPaperService<CertificateImage, string, 'qualification-unknown'>(parts, {
    prefix: 'crt',
    most: MOST_CERTIFICATES,
    store: parts.certificates,
    of: ({ certificateImages = [] }) => certificateImages,
    put: (worker, certificateImages) => ({ ...worker, certificateImages }),
    describe: (worker, named) => {
      const qualification = qualificationOf(worker, named);
      return qualification
        ? accept({ kind: qualification.kind, qualification: qualification.name })
        : refuse('qualification-unknown', 'qualification');
    },
  });
}

/** What a worker has learnt, by its name or its code. */
function qualificationOf({ qualifications = [] }: Worker, named: string) {
  return qualifications.find(({ name, code }) => name === named || code === named);
}

/** What keeps files beside the registers of workers. */
export function createPaperServices(parts: Parts) {
  return { copyService: createCopyService(parts), certificateService: createCertificateService(parts) };
}
