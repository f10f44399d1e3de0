/** What a receipt speaks: names in kana as stored, the time as hour and minute in Tokyo, four digits. */
export interface ReceiptWords {
  readonly name: string;
  readonly site: string;
  readonly hour: number;
  readonly minute: number;
  readonly receipt: string;
}

interface Words {
  'entry-recorded': ReceiptWords;
  'exit-recorded': ReceiptWords;
  moved: ReceiptWords & { readonly leftSite: string };
  'ask-worker': object;
  'ask-worker-again': object;
  'ask-site': { readonly lastSite?: string };
  'ask-site-again': { readonly lastSite?: string };
  'kept-unknown-phone': { readonly receipt: string };
  'kept-withheld': { readonly receipt: string };
  'kept-unknown-line': { readonly receipt: string };
  kept: { readonly receipt: string };
  service: object;
  'call-again': object;
}

export type PromptId = keyof Words;
export type Prompt = { [Id in PromptId]: { readonly id: Id; readonly words: Words[Id] } }[PromptId];
type Catalogue = { [Id in PromptId]: (words: Words[Id]) => string };

const at = ({ hour, minute }: ReceiptWords) => `${hour}時${minute}分`;
const number = (receipt: string) => `受付番号は、${[...receipt].join('、')}です。`;
const sameSite = (site: string | undefined) =>
  site ? `前回と同じ、${site}のときは、1、シャープを押してください。` : '';

/** Every sentence we speak, in Japanese. Names are written in kana by their owners, so that they are read right. */
export const promptsJa: Catalogue = {
  'entry-recorded': (w) => `${w.name}さん、${w.site}、入場、${at(w)}、記録しました。${number(w.receipt)}ご安全に。`,
  'exit-recorded': (w) =>
    `${w.name}さん、${w.site}、退場、${at(w)}、記録しました。${number(w.receipt)}お疲れさまでした。`,
  moved: (w) => `${w.name}さん、${w.leftSite}を退場、${w.site}に入場、${at(w)}、記録しました。${number(w.receipt)}`,
  'ask-worker': () => '技能者番号6けたを押し、最後にシャープを押してください。',
  'ask-worker-again': () => '番号を確認できませんでした。技能者番号6けたを押し、最後にシャープを押してください。',
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
