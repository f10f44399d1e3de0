import { z } from 'zod';
import { insuranceNames } from '../src/domain/firm.ts';
import { Day } from '../src/domain/ids.ts';
import { evidenceKinds } from '../src/domain/worker-insurance.ts';
import { NeededQualificationsView } from './qualification-body.ts';

/** What hinders the confirmation of an insurance (PR-060, PR-061). */
export const InsuranceGaps = z.array(
  z.object({ insurance: z.enum(insuranceNames), why: z.enum(['unknown', 'not-joined', 'no-evidence', 'no-copy']) }),
);

const ShownInsurance = z
  .object({
    joined: z.boolean(),
    exempt: z.boolean(),
    kind: z.string().exactOptional(),
    numberLast4: z.string().exactOptional(),
    evidence: z.enum(evidenceKinds).exactOptional(),
    ccusLinked: z.boolean(),
  })
  .nullable();

/** The insurances of somebody on a roster as of a day; absent where the asker may not see them (PR-064). */
export const RosterInsuranceView = z
  .object({
    on: Day,
    health: ShownInsurance,
    pension: ShownInsurance,
    employment: ShownInsurance,
    confirmed: z.boolean(),
    flagged: z.boolean(),
    /** Everything comes from the registry itself (PR-065). */
    ccusLinked: z.boolean(),
    gaps: InsuranceGaps,
  })
  .meta({ id: 'RosterInsurance' });

/** Somebody on a roster: employer, occupation, position, insurances (PR-064), and the qualifications that his work needs (PR-008). */
export const rosterPerson = {
  workerId: z.string(),
  name: z.string(),
  firmId: z.string(),
  firmName: z.string(),
  jobType: z.string().nullable(),
  position: z.string().nullable(),
  insurance: RosterInsuranceView.exactOptional(),
  qualifications: NeededQualificationsView.exactOptional(),
};
