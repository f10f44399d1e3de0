import { z } from 'zod';
import { Day } from '../src/domain/ids.ts';
import { plainText } from '../src/domain/text.ts';
import { qualificationKinds } from '../src/domain/worker.ts';

const QualificationBody = z
  .strictObject({
    kind: z.enum(qualificationKinds),
    /** One of the list of qualifications; another is a warning (D-26). */
    code: plainText(60).exactOptional(),
    name: plainText(120),
    number: plainText(60).exactOptional(),
    obtainedOn: Day.exactOptional(),
    expiresOn: Day.exactOptional(),
    /** One of the main ones that his work needs: only these are shown to other firms (R-140, PR-008). */
    neededForWork: z.boolean().exactOptional(),
  })
  .superRefine(({ obtainedOn, expiresOn }, context) => {
    if (obtainedOn === undefined || expiresOn === undefined || obtainedOn <= expiresOn) return;
    context.addIssue({ code: 'custom', path: ['expiresOn'], params: { code: 'period-reversed' }, input: expiresOn });
  });

/** What a worker has learnt, as input. */
export const Qualifications = z.array(QualificationBody).max(200);

const shown = {
  kind: z.enum(qualificationKinds),
  code: z.string().exactOptional(),
  name: z.string(),
  obtainedOn: Day.exactOptional(),
  expiresOn: Day.exactOptional(),
};

/** What a worker has learnt, as his register shows it. */
export const QualificationsView = z.array(
  z.object({ ...shown, number: z.string().exactOptional(), neededForWork: z.boolean().exactOptional() }),
);

/** What of it others are shown: what his work needs, without the certificates' numbers (R-140, PR-008). */
export const NeededQualificationsView = z.array(z.object(shown));
