/** What a receipt speaks: names in kana as stored, the time as hour and minute in Tokyo, four digits. */
export interface ReceiptWords {
  readonly name: string;
  readonly site: string;
  readonly hour: number;
  readonly minute: number;
  readonly receipt: string;
}

/** One day as it is read out: its date, and the times that are known. */
export interface DayWords {
  readonly month: number;
  readonly day: number;
  readonly entry?: Time;
  readonly exit?: Time;
}

interface Time {
  readonly hour: number;
  readonly minute: number;
}

interface Words {
  'entry-recorded': ReceiptWords;
  'exit-recorded': ReceiptWords & { readonly stayMinutes?: number };
  moved: ReceiptWords & { readonly leftSite: string };
  'ask-withheld': object;
  'ask-unknown': object;
  'ask-other': object;
  'ask-pin': object;
  'ask-pin-again': object;
  'ask-group': { readonly count: number };
  'ask-group-again': { readonly count: number };
  'group-done': { readonly count: number; readonly receipt: string };
  menu: object;
  'menu-closed': object;
  today: { readonly name: string; readonly day?: DayWords };
  week: { readonly name: string; readonly days: readonly DayWords[] };
  'ask-worker': object;
  'ask-worker-again': object;
  'ask-site': { readonly lastSite?: string };
  'ask-site-again': { readonly lastSite?: string };
  'kept-unknown-phone': { readonly receipt: string };
  'kept-withheld': { readonly receipt: string };
  'kept-unknown-line': { readonly receipt: string };
  kept: { readonly receipt: string };
  service: object;
  spooled: { readonly receipt: string };
  'call-again': object;
}

export type PromptId = keyof Words;
export type Prompt = { [Id in PromptId]: { readonly id: Id; readonly words: Words[Id] } }[PromptId];
type Catalogue = { [Id in PromptId]: (words: Words[Id]) => string };

const at = ({ hour, minute }: Time) => `${hour}時${minute}分`;
const number = (receipt: string) => `受付番号は、${[...receipt].join('、')}です。`;
const sameSite = (site: string | undefined) =>
  site ? `前回と同じ、${site}のときは、1、シャープを押してください。` : '';

const stay = (minutes: number | undefined) =>
  minutes === undefined ? '' : `在場は、${String(Math.floor(minutes / 60))}時間${String(minutes % 60)}分です。`;
const KEY_CODE = '技能者番号6けたを押し、最後にシャープを押してください。';
const times = ({ entry, exit }: DayWords) =>
  [entry && `${at(entry)}入場`, exit ? `${at(exit)}退場` : '退場の記録はありません'].filter(Boolean).join('、');
const dated = (day: DayWords) => `${String(day.month)}月${String(day.day)}日、${times(day)}。`;

/** Every sentence we speak, in Japanese. Names are written in kana by their owners, so that they are read right. */
export const promptsJa: Catalogue = {
  'entry-recorded': (w) => `${w.name}さん、${w.site}、入場、${at(w)}、記録しました。${number(w.receipt)}ご安全に。`,
  'exit-recorded': (w) =>
    `${w.name}さん、${w.site}、退場、${at(w)}、記録しました。${stay(w.stayMinutes)}${number(w.receipt)}お疲れさまでした。`,
  moved: (w) => `${w.name}さん、${w.leftSite}を退場、${w.site}に入場、${at(w)}、記録しました。${number(w.receipt)}`,
  'ask-withheld': () =>
    `番号が通知されていません。はじめに186をつけて、おかけ直しください。このまま続けるときは、${KEY_CODE}`,
  'ask-unknown': () => `登録のない電話番号です。${KEY_CODE}`,
  'ask-other': () => `記録を取り消しました。別の方の、${KEY_CODE}`,
  'ask-pin': () => '暗証番号を押し、最後にシャープを押してください。',
  'ask-pin-again': () => '確認できませんでした。もう一度、暗証番号を押し、最後にシャープを押してください。',
  'ask-group': (w) =>
    w.count === 0
      ? `まとめて記録します。お一人ずつ、${KEY_CODE}終わりは、シャープだけを押してください。`
      : `${String(w.count)}人目、記録しました。次の方の番号をどうぞ。終わりは、シャープだけを押してください。`,
  'ask-group-again': () => '番号を確認できませんでした。もう一度どうぞ。終わりは、シャープだけを押してください。',
  'group-done': (w) => `${String(w.count)}人を記録しました。${number(w.receipt)}お疲れさまです。`,
  menu: () => '今日の記録は、1。最近7日間の記録は、2を押してください。',
  'menu-closed': () => 'ご自分の電話か、暗証番号のある方だけが使えます。会社の担当の方におたずねください。',
  today: (w) => `${w.name}さん、今日は、${w.day ? `${times(w.day)}。` : 'まだ記録がありません。'}`,
  week: (w) =>
    w.days.length === 0
      ? `${w.name}さん、この7日間の記録はありません。`
      : `${w.name}さん、${w.days.map(dated).join('')}`,
  'ask-worker': () => KEY_CODE,
  'ask-worker-again': () => `番号を確認できませんでした。${KEY_CODE}`,
  'ask-site': (w) => `${sameSite(w.lastSite)}現場番号を押し、最後にシャープを押してください。`,
  'ask-site-again': (w) =>
    `現場を確認できませんでした。${sameSite(w.lastSite)}現場に掲示の番号を押し、最後にシャープを押してください。`,
  'kept-unknown-phone': (w) =>
    `お電話ありがとうございます。どなたのお電話か確認できませんでした。お電話は承りましたので、会社の担当の方に、受付番号をお伝えください。${number(w.receipt)}`,
  'kept-withheld': (w) =>
    `番号が通知されていません。はじめに186をつけて、おかけ直しください。お電話は承りました。${number(w.receipt)}`,
  'kept-unknown-line': (w) =>
    `おかけになった番号では、ただいま入退場を受け付けていません。現場の番号をお確かめください。お電話は承りました。${number(w.receipt)}`,
  kept: (w) =>
    `お電話ありがとうございます。お電話は承りました。会社の担当の方に、受付番号をお伝えください。${number(w.receipt)}`,
  service: () => 'こちらは案内用の番号です。入退場は、現場の番号におかけください。',
  spooled: (w) =>
    `お電話をお預かりしました。ただいま込み合っていますので、のちほど記録します。お電話の時刻は控えました。${number(w.receipt)}`,
  'call-again': () => '申し訳ありません。ただいま記録ができません。少したってから、もう一度おかけください。',
};

/** The sentence of a prompt. */
export function sentenceOf(prompt: Prompt): string {
  const speak = promptsJa[prompt.id] as (words: Prompt['words']) => string;
  return speakable(speak(prompt.words));
}

/** Without what no carrier's markup may hold: control characters and halves of surrogate pairs. */
function speakable(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\uFFFD\uFFFE\uFFFF]/gu, '');
}

/** A name for speaking; where nothing speakable is left of it, the person himself. */
export function speakableName(kana: string): string {
  return speakable(kana).trim() || 'ご本人';
}
