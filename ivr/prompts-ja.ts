import type { Catalogue, DayWords, Time } from './prompt-words.ts';

const at = ({ hour, minute }: Time) => `${String(hour)}時${String(minute)}分`;
const number = (receipt: string) => `受付番号は、${[...receipt].join('、')}です。`;
const sameSite = (site: string | undefined) =>
  site ? `前回と同じ、${site}のときは、1、シャープを押してください。` : '';
const stay = (minutes: number | undefined) =>
  minutes === undefined ? '' : `在場は、${String(Math.floor(minutes / 60))}時間${String(minutes % 60)}分です。`;
const progress = (days: number | undefined) => (days === undefined ? '' : `今月は、${String(days)}日目です。`);
const KEY_CODE = '技能者番号6けたを押し、最後にシャープを押してください。';
const times = ({ entry, exit }: DayWords) =>
  [entry && `${at(entry)}入場`, exit ? `${at(exit)}退場` : '退場の記録はありません'].filter(Boolean).join('、');
const dated = (day: DayWords) => `${date(day)}、${times(day)}。`;
const date = ({ month, day }: { month: number; day: number }) => `${String(month)}月${String(day)}日`;

/** Every sentence we speak, in Japanese. Names are written in kana by their owners, so that they are read right. */
export const promptsJa: Catalogue = {
  'entry-recorded': (w) => `${w.name}さん、${w.site}、入場、${at(w)}、記録しました。${number(w.receipt)}ご安全に。`,
  'exit-recorded': (w) =>
    `${w.name}さん、${w.site}、退場、${at(w)}、記録しました。${stay(w.stayMinutes)}${progress(w.monthDays)}${number(w.receipt)}お疲れさまでした。`,
  'exit-with-level': (w) =>
    `${w.name}さん、${w.site}、退場、${at(w)}、記録しました。${stay(w.stayMinutes)}今月は、${String(w.monthDays)}日。次のレベルまで、あと${String(w.levelDays)}日。${number(w.receipt)}`,
  'which-upper': (w) =>
    `どちらの会社の仕事ですか。${w.uppers.map((name, place) => `${name}は、${String(place + 1)}。`).join('')}`,
  'upper-taken': (w) => `${w.upper}の仕事として、承りました。`,
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
  'on-site': (w) =>
    w.names.length === 0
      ? '現場に残っている方はいません。'
      : `現場に残っている方は、${String(w.names.length)}人です。${w.names.map((name) => `${name}さん`).join('、')}。`,
  menu: () =>
    '今日の記録は、1。最近7日間の記録は、2。電話を忘れた日の届けは、3。ことばは、8。もう一度聞くときは、9を押してください。',
  'menu-closed': () => 'ご自分の電話か、暗証番号のある方だけが使えます。会社の担当の方におたずねください。',
  today: (w) => `${w.name}さん、今日は、${w.day ? `${times(w.day)}。` : 'まだ記録がありません。'}`,
  week: (w) =>
    w.days.length === 0
      ? `${w.name}さん、この7日間の記録はありません。`
      : `${w.name}さん、${w.days.map(dated).join('')}`,
  'forgot-day': () => '忘れた日を届けます。昨日なら1、ほかの日は月と日を4けたで押し、最後にシャープを押してください。',
  'forgot-entry': (w) =>
    `${date(w)}の、入場した時刻を4けたで押し、最後にシャープを押してください。7時40分なら、0740です。なければ、シャープだけを押してください。`,
  'forgot-exit': (w) =>
    `${date(w)}の、退場した時刻を4けたで押し、最後にシャープを押してください。なければ、シャープだけを押してください。`,
  'forgot-again': () => '確認できませんでした。もう一度、数字4けたを押し、最後にシャープを押してください。',
  'forgot-check': (w) => `${dated(w.day)}これでよければ、1。やり直すときは、2を押し、最後にシャープを押してください。`,
  'forgot-filed': (w) => `届けを承りました。会社の担当の方が確認してから、記録になります。${number(w.receipt)}`,
  'missing-exit': (w) =>
    `${w.name}さん、お疲れさまです。${w.site}の退場のお電話が、まだ届いていません。まだ現場の方は、このままお切りになり、お帰りのときにお電話ください。`,
  'number-registered': (w) =>
    `${w.name}です。この電話が、入退場の電話として登録されました。心当たりのない方は、${w.name}にお知らせください。登録を取り消します。`,
  'language-hint': () => 'ほかの言葉は、8とシャープを押してください。',
  'language-offer': () => '日本語にするときは1、ほかの言葉は8を押してください。',
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
  'service-name': (w) =>
    `${w.name}さんの電話として登録されています。確認できました。入退場は、現場の番号におかけください。`,
  spooled: (w) =>
    `お電話をお預かりしました。ただいま込み合っていますので、のちほど記録します。お電話の時刻は控えました。${number(w.receipt)}`,
  'call-again': () => '申し訳ありません。ただいま記録ができません。少したってから、もう一度おかけください。',
};
