import type { Catalogue, DayWords, Time } from './prompt-words.ts';

const at = ({ hour, minute }: Time) => `${String(hour)}時${String(minute)}分`;
const number = (receipt: string) => `番号は、${[...receipt].join('、')}です。`;
const hours = (minutes: number | undefined) =>
  minutes === undefined ? '' : `${String(Math.floor(minutes / 60))}時間${String(minutes % 60)}分でした。`;
const progress = (days: number | undefined) => (days === undefined ? '' : `今月は、${String(days)}日です。`);
const CODE = 'あなたの6つの数字を押して、シャープを押してください。';
const SHARP = '終わったら、シャープだけ押してください。';
const times = ({ entry, exit }: DayWords) =>
  [entry && `${at(entry)}に来ました`, exit ? `${at(exit)}に帰りました` : '帰りの電話はありません']
    .filter(Boolean)
    .join('、');
const date = ({ month, day }: { month: number; day: number }) => `${String(month)}月${String(day)}日`;
const dated = (day: DayWords) => `${date(day)}、${times(day)}。`;
const sameSite = (site: string | undefined) => (site ? `${site}なら、1とシャープを押してください。` : '');

/** Short sentences and everyday words (やさしい日本語). */
export const promptsJaEasy: Catalogue = {
  'entry-recorded': (w) => `${w.name}さん、${w.site}に来ました。${at(w)}です。記録しました。${number(w.receipt)}`,
  'exit-recorded': (w) =>
    `${w.name}さん、${w.site}から帰ります。${at(w)}です。記録しました。${hours(w.stayMinutes)}${progress(w.monthDays)}${number(w.receipt)}`,
  'exit-with-level': (w) =>
    `${w.name}さん、${w.site}から帰ります。${at(w)}です。記録しました。${hours(w.stayMinutes)}今月は、${String(w.monthDays)}日です。次のレベルまで、${String(w.levelDays)}日です。${number(w.receipt)}`,
  'which-upper': (w) =>
    `どの会社の仕事ですか。${w.uppers.map((name, place) => `${name}は、${String(place + 1)}を押します。`).join('')}`,
  'upper-taken': (w) => `${w.upper}の仕事です。わかりました。`,
  moved: (w) =>
    `${w.name}さん、${w.leftSite}から帰って、${w.site}に来ました。${at(w)}です。記録しました。${number(w.receipt)}`,
  'ask-withheld': () => `電話の番号がわかりません。186をつけて、もう一度電話してください。または、${CODE}`,
  'ask-unknown': () => `この電話は、登録がありません。${CODE}`,
  'ask-other': () => `記録を消しました。別の人の番です。${CODE}`,
  'ask-pin': () => '暗証番号を押して、シャープを押してください。',
  'ask-pin-again': () => 'ちがいます。もう一度、暗証番号を押して、シャープを押してください。',
  'ask-group': (w) =>
    w.count === 0
      ? `一人ずつ記録します。6つの数字とシャープを押してください。${SHARP}`
      : `${String(w.count)}人、記録しました。次の人の番号を押してください。${SHARP}`,
  'ask-group-again': () => `番号がちがいます。もう一度押してください。${SHARP}`,
  'group-done': (w) => `${String(w.count)}人を記録しました。${number(w.receipt)}`,
  'on-site': (w) =>
    w.names.length === 0
      ? '現場には、だれもいません。'
      : `現場にいる人は、${String(w.names.length)}人です。${w.names.map((name) => `${name}さん`).join('、')}。`,
  menu: () => '今日のことは1、7日間のことは2、電話を忘れた日は3、ことばは8、もう一度は9を押してください。',
  'menu-closed': () => 'この電話では聞けません。会社の人に聞いてください。',
  today: (w) => `${w.name}さん、今日は、${w.day ? `${times(w.day)}。` : '記録がありません。'}`,
  week: (w) =>
    w.days.length === 0 ? `${w.name}さん、7日間、記録がありません。` : `${w.name}さん、${w.days.map(dated).join('')}`,
  'forgot-day': () =>
    '忘れた日は、いつですか。昨日は1、ほかの日は、月と日の4つの数字を押して、シャープを押してください。',
  'forgot-entry': (w) =>
    `${date(w)}、来た時間を4つの数字で押して、シャープを押してください。7時40分は、0740です。わからないときは、シャープだけ押してください。`,
  'forgot-exit': (w) =>
    `${date(w)}、帰った時間を4つの数字で押して、シャープを押してください。わからないときは、シャープだけ押してください。`,
  'forgot-again': () => 'わかりません。もう一度、4つの数字を押して、シャープを押してください。',
  'forgot-check': (w) => `${dated(w.day)}よければ1、ちがうときは2を押して、シャープを押してください。`,
  'forgot-filed': (w) => `会社の人に伝えます。会社の人が見てから、記録になります。${number(w.receipt)}`,
  'missing-exit': (w) =>
    `${w.name}さん、おつかれさまです。${w.site}から帰る電話が、まだありません。まだ現場にいる人は、電話を切って、帰るときに電話してください。`,
  'number-registered': (w) =>
    `${w.name}です。この電話は、仕事の電話になりました。まちがいのときは、${w.name}に言ってください。`,
  'language-hint': () => 'ほかの言葉は、8とシャープです。',
  'language-offer': () => 'やさしい日本語は1、ほかの言葉は8を押してください。',
  'ask-worker': () => CODE,
  'ask-worker-again': () => `番号がちがいます。${CODE}`,
  'ask-site': (w) => `${sameSite(w.lastSite)}現場の番号を押して、シャープを押してください。`,
  'ask-site-again': (w) =>
    `番号がちがいます。${sameSite(w.lastSite)}現場に書いてある番号を押して、シャープを押してください。`,
  'kept-unknown-phone': (w) =>
    `だれの電話か、わかりません。電話は受けました。会社の人に言ってください。${number(w.receipt)}`,
  'kept-withheld': (w) =>
    `電話の番号がわかりません。186をつけて、もう一度電話してください。電話は受けました。${number(w.receipt)}`,
  'kept-unknown-line': (w) =>
    `この番号では記録できません。現場の電話番号を見てください。電話は受けました。${number(w.receipt)}`,
  kept: (w) => `電話は受けました。会社の人に言ってください。${number(w.receipt)}`,
  service: () => 'ここは案内の番号です。現場の番号に電話してください。',
  'service-name': (w) => `${w.name}さんの電話です。確認できました。現場の番号に電話してください。`,
  spooled: (w) => `電話をお預かりしました。あとで記録します。時間は、わかっています。${number(w.receipt)}`,
  'call-again': () => 'ごめんなさい。いま記録できません。少し待って、もう一度電話してください。',
};
