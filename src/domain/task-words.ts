import type { TaskKind } from './task.ts';

interface TaskWords {
  readonly ja: string;
  readonly en: string;
  /** What to do about it. */
  readonly doJa: string;
  readonly doEn: string;
}

const said = (ja: string, en: string, doJa: string, doEn: string): TaskWords => ({ ja, en, doJa, doEn });

/** What each task is, and what to do about it. */
export const taskWords: Readonly<Record<TaskKind, TaskWords>> = {
  'capital-missing': said(
    '資本金が未入力です',
    'Capital missing',
    '事業者の資本金を入力してください。登録料の区分に使います。',
    'Enter the capital of the firm; the registration fee depends on it.',
  ),
  'firm-insurance-missing': said(
    '社会保険の加入状況が未入力です',
    'Social insurances of the firm missing',
    '健康保険・年金・雇用保険の加入状況を入力してください。',
    'Enter health, pension and employment insurance of the firm.',
  ),
  'permit-expired': said(
    '建設業許可の有効期間が切れています',
    'Construction permit ended',
    '更新後の許可番号と期間を入力してください。',
    'Enter the renewed permit with its period.',
  ),
  'permit-expires': said(
    '建設業許可の有効期間がまもなく切れます',
    'Construction permit ends soon',
    '許可の更新を申請し、新しい期間を入力してください。',
    'Apply for the renewal and enter the new period.',
  ),
  'registration-expired': said(
    '事業者登録の有効期間が切れています',
    'Registration of the firm ended',
    '事業者登録を更新し、新しい期限を入力してください。',
    'Renew the registration and enter its new end.',
  ),
  'registration-expires': said(
    '事業者登録の有効期間がまもなく切れます',
    'Registration of the firm ends soon',
    '事業者登録の更新を申請してください。',
    'Apply for the renewal of the registration.',
  ),
  'registration-planned-passed': said(
    '申請予定日を過ぎています',
    'Planned day of registration passed',
    '申請したかどうかを確かめ、登録状況を直してください。',
    'Ask whether it was applied for, and put the state right.',
  ),
  'registration-id-missing': said(
    '登録済みですがIDがありません',
    'Registered, and the id is missing',
    '14桁のIDを入力してください。',
    'Enter the id of fourteen digits.',
  ),
  'site-without-manager': said(
    '現場管理者が登録されていません',
    'Site without a manager',
    '現場管理者の利用者を招待し、現場に登録してください (R-014)。',
    'Invite a site manager and name him at the site (R-014).',
  ),
  'site-without-id': said(
    '現場IDがありません',
    'Site without the id of the registry',
    '建設キャリアアップシステムで現場を登録し、現場IDを入力してください。',
    'Register the site with the registry and enter its id.',
  ),
  'site-without-kentaikyo-method': said(
    '建退共の方式が未選択です',
    'Way of paying kentaikyo not chosen',
    '電子申請方式か証紙貼付方式を選んでください。',
    'Choose electronic or stamp.',
  ),
  'employment-undated': said(
    '雇用年月日が未入力です',
    'Day of employment missing',
    '雇用年月日を入力してください。入力まで登録日を雇用の始まりとして扱います。',
    'Enter the day on which he was hired; until then he counts from the day he was registered.',
  ),
  'job-type-missing': said(
    '職種が未入力です',
    'Job type missing',
    '職種を小分類まで入力してください。',
    'Enter his job types to the minor class.',
  ),
  'insurance-unconfirmed': said(
    '社会保険の加入が確認できていません',
    'Insurances not confirmed',
    '三保険の確認方法を入力し、書面の場合は写しを付けてください。特別な理由があれば記録してください。',
    'Say by what each insurance is known, and attach a copy where it is paper; or record a special reason.',
  ),
  'insurance-old': said(
    '社会保険の確認が1年以上前です',
    'Evidence of insurance older than a year',
    '新しい書面で確認し、確認日を直してください。',
    'Look at a recent paper and enter the day.',
  ),
  'card-expired': said(
    '技能者カードの有効期間が切れています',
    'Card ended',
    'カードを更新し、新しい期限を入力してください。',
    'Have the card renewed and enter its new end.',
  ),
  'card-expires': said(
    '技能者カードの有効期間がまもなく切れます',
    'Card ends soon',
    'カードの更新を申請してください。',
    'Apply for the renewal of the card.',
  ),
  'qualification-expired': said(
    '資格の有効期間が切れています',
    'Qualification ended',
    '更新後の期限を入力するか、資格を外してください。',
    'Enter its new end, or take the qualification away.',
  ),
  'qualification-expires': said(
    '資格の有効期間がまもなく切れます',
    'Qualification ends soon',
    '資格の更新を手配してください。',
    'Arrange for its renewal.',
  ),
  'number-unconfirmed': said(
    '電話番号が未確認です',
    'Telephone number not confirmed',
    '本人に一度この番号から電話してもらってください。名前が聞こえれば確認済みになります。',
    'Let him call once from this number; it is confirmed when he hears his name.',
  ),
};
