import type { Dated } from './dated.ts';
import type { Day, FirmId, WorkerId } from './ids.ts';
import type { Registrable } from './registration.ts';
import type { InsuranceCopy, SpecialReason, WorkerInsurance } from './worker-insurance.ts';

export const languages = ['ja', 'ja-easy', 'en', 'vi', 'zh', 'id', 'my', 'ne'] as const;
export type Language = (typeof languages)[number];

/** One employer of a worker over time; `to` is the last day and absent while it lasts (D-31). */
export interface Employment {
  readonly firmId: FirmId;
  readonly from: Day;
  readonly to?: Day;
  /**
   * Not begun yet: `hired`, he has no other employer and is counted as this one's; `following`, it ends the one before; `alone`, it
   * comes after an end that was known. Gone once it has begun.
   */
  readonly planned?: 'hired' | 'following' | 'alone';
}

export const aliasKinds = ['alias', 'former-surname'] as const;

/** Another name that a worker goes by (通称, 旧姓). */
export interface Alias {
  readonly kind: (typeof aliasKinds)[number];
  readonly name: string;
  readonly kana?: string;
}

/** The blocks in which a roster lists what a worker has learnt: 登録基幹技能者, 技能士, 免許・資格, 技能講習, 特別教育, その他安全衛生講習, 表彰. */
export const qualificationKinds = [
  'core-technician',
  'skilled-worker',
  'licence',
  'skill-training',
  'special-education',
  'safety-training',
  'award',
] as const;

/** A qualification, course or award (資格, 講習, 表彰). */
export interface Qualification {
  readonly kind: (typeof qualificationKinds)[number];
  readonly code?: string;
  readonly name: string;
  readonly number?: string;
  readonly obtainedOn?: Day;
  readonly expiresOn?: Day;
  /** One of the main ones that his work needs: only these are shown to other firms (R-140, PR-008). */
  readonly neededForWork?: boolean;
}

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

export const sexes = ['male', 'female', 'other'] as const;

/** What is on file about the person, as the roster (作業員名簿) and the registry know him; all of it may be absent. */
export interface Person {
  readonly aliases?: readonly Alias[];
  readonly birthDate?: Day;
  readonly sex?: (typeof sexes)[number];
  readonly address?: string;
  /** Country code of two letters. */
  readonly nationality?: string;
  readonly phone?: string;
  readonly email?: string;
  /** Telephone and mail are the firm's and not his, as the firm decided. */
  readonly contactIsFirms?: boolean;
  readonly emergencyAddress?: string;
  readonly emergencyTel?: string;
  readonly bloodType?: string;
  readonly generalHealthCheckOn?: Day;
  readonly specialHealthCheck?: { readonly kind: string; readonly on: Day };
  /** Kinds of hazardous work that he does (有害物質の取り扱い), by code. */
  readonly hazardousWork?: readonly string[];
  /** What is meant by `OTHER` among them. */
  readonly hazardousWorkNote?: string;
  readonly facePhoto?: FacePhoto;
}

/** That there is a photo of his face (顔写真), which is kept sealed elsewhere. */
export interface FacePhoto {
  readonly id: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly on: Day;
}

/** What the registry certifies of a worker. */
interface Certified extends Registrable {
  readonly registrationKind?: 'simple' | 'detailed';
  readonly level?: number;
  /** Days of work that count towards the next level and are not kept here, as the registry shows them. */
  readonly earlierDays?: number;
  readonly cardValidUntil?: Day;
  readonly qualifications?: readonly Qualification[];
  readonly certificateImages?: readonly CertificateImage[];
}

/** The insurances of a worker (2.3), their evidence, and why he may work without it. */
interface Insured {
  readonly insuranceHistory?: readonly Dated<WorkerInsurance>[];
  readonly insuranceCopies?: readonly InsuranceCopy[];
  readonly insuranceReason?: SpecialReason;
  readonly kentaikyo?: 'joined' | 'not-joined';
  readonly chutaikyo?: boolean;
  readonly specialAccidentInsurance?: boolean;
}

/** So many job types a worker has with the registry at most. */
export const MOST_JOB_TYPES = 4;

/** A worker (技能者). `employerId` is null after leaving; names are spoken from `kana`. */
export interface Worker extends Person, Certified, Insured {
  readonly id: WorkerId;
  readonly name: string;
  readonly kana: string;
  readonly employerId: FirmId | null;
  readonly jobTypes: readonly string[];
  /** Six digits that the worker keys in on a telephone that is not only his. */
  readonly workerCode: string;
  readonly hasPin: boolean;
  readonly language: Language;
  readonly alwaysSpeak: boolean;
  readonly employments: readonly Employment[];
  /** The day on which the present employer hired him, where somebody stated it (雇用年月日). */
  readonly hiredOn?: Day;
  /** The day on which the person was deleted: what is left of him are his days, under a pseudonym. */
  readonly erasedOn?: Day;
  /** He is the same person as this one, whose register goes on. */
  readonly mergedInto?: WorkerId;
}

/** What is left of a person who was deleted: whose people he was and when, so that his days stay with the firms that must keep them. */
export function erasedWorker({
  id,
  employments,
  erasedOn,
}: Pick<Worker, 'id' | 'employments'> & { readonly erasedOn: Day }): Worker {
  const blank = { jobTypes: [], workerCode: '', hasPin: false, language: 'ja', alwaysSpeak: false } as const;
  return { id, name: pseudonymOf(id), kana: 'カメイ', employerId: null, ...blank, employments, erasedOn };
}

/** The name under which the days of a deleted person are shown. */
export function pseudonymOf(id: WorkerId): string {
  return `仮名 ${id.slice(4, 12).toUpperCase()}`;
}
