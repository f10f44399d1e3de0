import type { Day } from './ids.ts';
import type { Qualification, Worker } from './worker.ts';

/** An image of a certificate (資格証の画像), which is kept sealed elsewhere: of which qualification, course or award it is. */
export interface CertificateImage {
  readonly id: string;
  readonly kind: Qualification['kind'];
  /** The qualification's name, as it stood in the register. */
  readonly qualification: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly on: Day;
}

/** What a worker has learnt, by its name or its code. */
export function qualificationNamed({ qualifications = [] }: Worker, named: string): Qualification | undefined {
  return qualifications.find(({ name, code }) => name === named || code === named);
}
