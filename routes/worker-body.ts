import { z } from 'zod';
import { insuranceNames } from '../src/domain/firm.ts';
import { Day, FirmId, WorkerId } from '../src/domain/ids.ts';
import { registrationStates } from '../src/domain/registration.ts';
import { CcusIdText, kanaText, plainText } from '../src/domain/text.ts';
import { MOST_JOB_TYPES, aliasKinds, languages, sexes } from '../src/domain/worker.ts';
import { evidenceKinds } from '../src/domain/worker-insurance.ts';
import { CertificateImageView } from './certificate-images.ts';
import { datedList, datedView, needPlannedDay, registrationBody, registrationView } from './dated-body.ts';
import { EraDays } from './era-days.ts';
import { Qualifications, QualificationsView } from './qualification-body.ts';
import { InsuranceGaps } from './roster-line-view.ts';
import { WarningView } from './warning-view.ts';

/** Down to the minor code; what is coarser, or unknown, is a warning (D-26, R-072, R-073). */
const JobTypes = z
  .array(plainText(20))
  .max(MOST_JOB_TYPES)
  .refine((codes) => new Set(codes).size === codes.length, { params: { code: 'duplicate' } });
const Level = z.number().int().min(1).max(4);
const EarlierDays = z.number().int().min(0).max(20_000);
const Language = z.enum(languages);
const Kentaikyo = z.enum(['joined', 'not-joined']);
const RegistrationKind = z.enum(['simple', 'detailed']);
const Code = plainText(60);

const Alias = z.strictObject({ kind: z.enum(aliasKinds), name: plainText(120), kana: kanaText(120).exactOptional() });
const Aliases = z.array(Alias).max(10);
const Nationality = z
  .string()
  .trim()
  .regex(/^[A-Z]{2}$/);
const Telephone = z
  .string()
  .trim()
  .regex(/^[+0-9()０-９ -]{6,30}$/);
const Mail = z.string().trim().max(254).pipe(z.email());
const BloodType = z.enum(['A', 'B', 'O', 'AB', 'unknown']);
const HazardousWork = z.array(Code).max(20);
const SpecialHealthCheck = z.strictObject({ kind: plainText(120), on: Day });

const OneInsurance = z.strictObject({
  joined: z.boolean(),
  exempt: z.boolean().exactOptional(),
  kind: Code.exactOptional(),
  numberLast4: z
    .string()
    .regex(/^\d{1,4}$/)
    .exactOptional(),
  evidence: z.enum(evidenceKinds).exactOptional(),
  confirmedOn: Day.exactOptional(),
});
const Insurance = z.strictObject({
  health: OneInsurance.exactOptional(),
  pension: OneInsurance.exactOptional(),
  employment: OneInsurance.exactOptional(),
});

/** What holds from a day on. */
const dated = {
  /** From when the insurances stated here hold; today without it. */
  changesFrom: Day.exactOptional(),
  insurance: Insurance.exactOptional(),
  insuranceHistory: datedList(Insurance).exactOptional(),
};

/** A worker to be registered. */
export const NewWorker = z
  .strictObject({
    name: plainText(120),
    kana: kanaText(120),
    employerId: FirmId,
    /** The day on which that employer hired him; from it on he is employed there, without it from today. */
    hiredOn: Day.exactOptional(),
    ccusId: CcusIdText.exactOptional(),
    ...registrationBody,
    registrationKind: RegistrationKind.exactOptional(),
    cardValidUntil: Day.exactOptional(),
    jobTypes: JobTypes.default([]),
    level: Level.exactOptional(),
    earlierDays: EarlierDays.exactOptional(),
    language: Language.default('ja'),
    alwaysSpeak: z.boolean().default(false),
    aliases: Aliases.exactOptional(),
    birthDate: Day.exactOptional(),
    sex: z.enum(sexes).exactOptional(),
    address: plainText(200).exactOptional(),
    nationality: Nationality.exactOptional(),
    phone: Telephone.exactOptional(),
    email: Mail.exactOptional(),
    contactIsFirms: z.boolean().exactOptional(),
    emergencyAddress: plainText(200).exactOptional(),
    emergencyTel: Telephone.exactOptional(),
    bloodType: BloodType.exactOptional(),
    generalHealthCheckOn: Day.exactOptional(),
    specialHealthCheck: SpecialHealthCheck.exactOptional(),
    hazardousWork: HazardousWork.exactOptional(),
    /** In words, with a code that needs them, such as OTHER. */
    hazardousWorkNote: plainText(200).exactOptional(),
    qualifications: Qualifications.exactOptional(),
    ...dated,
    insuranceReason: plainText(500).exactOptional(),
    kentaikyo: Kentaikyo.exactOptional(),
    chutaikyo: z.boolean().exactOptional(),
    specialAccidentInsurance: z.boolean().exactOptional(),
  })
  .superRefine(needPlannedDay)
  .meta({ id: 'NewWorker' });

/** A change of a worker: what is absent stays, null clears. */
export const WorkerChange = z
  .strictObject({
    name: plainText(120).exactOptional(),
    kana: kanaText(120).exactOptional(),
    /** Null: he leaves today; telephones and code end with it. */
    employerId: FirmId.nullable().exactOptional(),
    hiredOn: Day.exactOptional(),
    ccusId: CcusIdText.nullable().exactOptional(),
    ...registrationBody,
    registrationState: z.enum(registrationStates).nullable().exactOptional(),
    registrationKind: RegistrationKind.nullable().exactOptional(),
    cardValidUntil: Day.nullable().exactOptional(),
    jobTypes: JobTypes.exactOptional(),
    level: Level.nullable().exactOptional(),
    earlierDays: EarlierDays.nullable().exactOptional(),
    language: Language.exactOptional(),
    alwaysSpeak: z.boolean().exactOptional(),
    aliases: Aliases.nullable().exactOptional(),
    birthDate: Day.nullable().exactOptional(),
    sex: z.enum(sexes).nullable().exactOptional(),
    address: plainText(200).nullable().exactOptional(),
    nationality: Nationality.nullable().exactOptional(),
    phone: Telephone.nullable().exactOptional(),
    email: Mail.nullable().exactOptional(),
    contactIsFirms: z.boolean().nullable().exactOptional(),
    emergencyAddress: plainText(200).nullable().exactOptional(),
    emergencyTel: Telephone.nullable().exactOptional(),
    bloodType: BloodType.nullable().exactOptional(),
    generalHealthCheckOn: Day.nullable().exactOptional(),
    specialHealthCheck: SpecialHealthCheck.nullable().exactOptional(),
    hazardousWork: HazardousWork.nullable().exactOptional(),
    hazardousWorkNote: plainText(200).nullable().exactOptional(),
    qualifications: Qualifications.nullable().exactOptional(),
    ...dated,
    insuranceReason: plainText(500).nullable().exactOptional(),
    kentaikyo: Kentaikyo.nullable().exactOptional(),
    chutaikyo: z.boolean().nullable().exactOptional(),
    specialAccidentInsurance: z.boolean().nullable().exactOptional(),
  })
  .superRefine(needPlannedDay)
  .meta({ id: 'WorkerChange' });

export const CopyView = z
  .object({
    id: z.string(),
    insurance: z.enum(insuranceNames),
    name: z.string(),
    contentType: z.string(),
    bytes: z.number().int(),
    on: Day,
  })
  .meta({ id: 'InsuranceCopy' });

/** That there is a photo, and since when; itself it is read at `/workers/{id}/photo`. */
export const FacePhotoView = z
  .object({ id: z.string(), contentType: z.string(), bytes: z.number().int(), on: Day })
  .meta({ id: 'FacePhoto' });

const InsuranceCheckView = z
  .object({
    confirmed: z.boolean(),
    flagged: z.boolean(),
    ccusLinked: z.boolean(),
    gaps: InsuranceGaps,
  })
  .meta({ id: 'InsuranceCheck' });

/** A worker as the admin API shows him. */
export const WorkerView = z
  .object({
    id: WorkerId,
    name: z.string(),
    kana: z.string(),
    employerId: FirmId.nullable(),
    hiredOn: Day.exactOptional(),
    ccusId: z.string().exactOptional(),
    ...registrationView,
    registrationKind: RegistrationKind.exactOptional(),
    cardValidUntil: Day.exactOptional(),
    jobTypes: z.array(z.string()),
    level: z.number().exactOptional(),
    earlierDays: z.number().exactOptional(),
    workerCode: z.string(),
    hasPin: z.boolean(),
    language: Language,
    alwaysSpeak: z.boolean(),
    employments: z.array(z.object({ firmId: FirmId, from: Day, to: Day.exactOptional() })),
    erasedOn: Day.exactOptional(),
    /** Asked for under an id whose register was merged into this one. */
    mergedInto: WorkerId.exactOptional(),
    /** The day on which his next employment begins, or the one he was hired for. */
    startsOn: Day.exactOptional(),
    /** His last day, where he is known to leave. */
    leavesOn: Day.exactOptional(),
    aliases: z.array(z.object({ kind: z.enum(aliasKinds), name: z.string(), kana: z.string().exactOptional() })),
    birthDate: Day.exactOptional(),
    sex: z.enum(sexes).exactOptional(),
    address: z.string().exactOptional(),
    nationality: z.string().exactOptional(),
    phone: z.string().exactOptional(),
    email: z.string().exactOptional(),
    contactIsFirms: z.boolean().exactOptional(),
    emergencyAddress: z.string().exactOptional(),
    emergencyTel: z.string().exactOptional(),
    bloodType: z.string().exactOptional(),
    generalHealthCheckOn: Day.exactOptional(),
    specialHealthCheck: z.object({ kind: z.string(), on: Day }).exactOptional(),
    hazardousWork: z.array(z.string()).exactOptional(),
    hazardousWorkNote: z.string().exactOptional(),
    facePhoto: FacePhotoView.exactOptional(),
    qualifications: QualificationsView,
    /** For himself and his employer. */
    certificateImages: z.array(CertificateImageView),
    insurance: Insurance,
    insuranceHistory: datedView(Insurance),
    insuranceCopies: z.array(CopyView),
    insuranceReason: z.object({ reason: z.string(), by: z.string(), on: Day }).exactOptional(),
    insuranceCheck: InsuranceCheckView,
    kentaikyo: Kentaikyo.exactOptional(),
    chutaikyo: z.boolean().exactOptional(),
    specialAccidentInsurance: z.boolean().exactOptional(),
    warnings: z.array(WarningView),
    /** With `calendar=era`. */
    daysInEra: EraDays,
  })
  .meta({ id: 'Worker' });
