import type { Day } from './ids.ts';
import type { Qualification, Worker } from './worker.ts';

/** A qualification as other firms see it: without the number of its certificate. */
export type NeededQualification = Pick<Qualification, 'kind' | 'code' | 'name' | 'obtainedOn' | 'expiresOn'>;

/** What of a worker's qualifications others may see on a day: those that his work needs, while they hold (R-140, PR-008, A-7). */
export function neededQualifications(
  { qualifications = [] }: Pick<Worker, 'qualifications'>,
  on: Day,
): readonly NeededQualification[] {
  const held = ({ obtainedOn, expiresOn }: Qualification) =>
    (obtainedOn === undefined || obtainedOn <= on) && (expiresOn === undefined || on <= expiresOn);
  return qualifications
    .filter((one) => one.neededForWork === true && held(one))
    .map(({ number: _number, neededForWork: _needed, ...shown }) => shown);
}
