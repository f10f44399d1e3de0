import type { Catalogue, DayWords, Time } from './prompt-words.ts';

const at = ({ hour, minute }: Time) => `${String(hour)}点${minute === 0 ? '整' : `${String(minute)}分`}`;
const number = (receipt: string) => `受理号码是${[...receipt].join('、')}。`;
const stay = (minutes: number | undefined) =>
  minutes === undefined ? '' : `在场${String(Math.floor(minutes / 60))}小时${String(minutes % 60)}分。`;
const progress = (days: number | undefined) => (days === undefined ? '' : `本月第${String(days)}天。`);
const CODE = '请按您的六位技能者号码，然后按井号键。';
const END = '结束请只按井号键。';
const times = ({ entry, exit }: DayWords) =>
  [entry && `${at(entry)}入场`, exit ? `${at(exit)}退场` : '没有退场记录'].filter(Boolean).join('，');
const date = ({ month, day }: { month: number; day: number }) => `${String(month)}月${String(day)}日`;
const dated = (day: DayWords) => `${date(day)}，${times(day)}。`;
const sameSite = (site: string | undefined) => (site ? `如果和上次一样是${site}，请按1和井号键。` : '');

export const promptsZh: Catalogue = {
  'entry-recorded': (w) => `${w.name}，${w.site}，入场，${at(w)}，已记录。${number(w.receipt)}请注意安全。`,
  'exit-recorded': (w) =>
    `${w.name}，${w.site}，退场，${at(w)}，已记录。${stay(w.stayMinutes)}${progress(w.monthDays)}${number(w.receipt)}辛苦了。`,
  'exit-with-level': (w) =>
    `${w.name}，${w.site}，退场，${at(w)}，已记录。${stay(w.stayMinutes)}本月第${String(w.monthDays)}天，距下一级还有${String(w.levelDays)}天。${number(w.receipt)}`,
  'which-upper': (w) =>
    `您为哪家公司工作？${w.uppers.map((name, place) => `${name}请按${String(place + 1)}。`).join('')}`,
  'upper-taken': (w) => `已记下，您为${w.upper}工作。`,
  moved: (w) => `${w.name}，从${w.leftSite}退场，进入${w.site}，${at(w)}，已记录。${number(w.receipt)}`,
  'ask-withheld': () => `您的号码没有显示。请先拨186再打一次。要继续的话，${CODE}`,
  'ask-unknown': () => `这个电话号码没有登记。${CODE}`,
  'ask-other': () => `记录已取消。请另一位：${CODE}`,
  'ask-pin': () => '请按密码，然后按井号键。',
  'ask-pin-again': () => '密码不对。请再按一次密码，然后按井号键。',
  'ask-group': (w) =>
    w.count === 0
      ? `现在为多人记录。请一位一位地：${CODE}${END}`
      : `已记录${String(w.count)}人。请按下一位的号码。${END}`,
  'ask-group-again': () => `没有找到这个号码，请再按一次。${END}`,
  'group-done': (w) => `已记录${String(w.count)}人。${number(w.receipt)}辛苦了。`,
  'on-site': (w) =>
    w.names.length === 0 ? '现场已经没有人。' : `现场还有${String(w.names.length)}人：${w.names.join('、')}。`,
  menu: () => '听今天的记录请按1，最近七天请按2，补报忘打电话的日子请按3，语言请按8，重听请按9。',
  'menu-closed': () => '只能用自己的电话或密码。请问您的公司。',
  today: (w) => `${w.name}，今天：${w.day ? `${times(w.day)}。` : '还没有记录。'}`,
  week: (w) => (w.days.length === 0 ? `${w.name}，最近七天没有记录。` : `${w.name}，${w.days.map(dated).join('')}`),
  'forgot-day': () => '补报忘打电话的日子。昨天请按1，其他日子请按月和日四位数字，然后按井号键。',
  'forgot-entry': (w) => `${date(w)}，请用四位数字按入场时间，然后按井号键。7点40分是0740。没有的话，只按井号键。`,
  'forgot-exit': (w) => `${date(w)}，请用四位数字按退场时间，然后按井号键。没有的话，只按井号键。`,
  'forgot-again': () => '没有听清。请再按四位数字，然后按井号键。',
  'forgot-check': (w) => `${dated(w.day)}正确请按1，重来请按2，然后按井号键。`,
  'forgot-filed': (w) => `已收到您的补报。公司确认以后才成为记录。${number(w.receipt)}`,
  'missing-exit': (w) =>
    `${w.name}，您辛苦了。我们还没有收到您离开${w.site}的电话。如果您还在现场，请挂断，离开时再打电话。`,
  'number-registered': (w) => `这里是${w.name}。这部电话已登记为出勤电话。如有错误，请告知${w.name}，我们会取消登记。`,
  'language-hint': () => '其他语言请按8，然后按井号键。',
  'language-offer': () => '中文请按1，其他语言请按8。',
  'ask-worker': () => CODE,
  'ask-worker-again': () => `没有找到这个号码。${CODE}`,
  'ask-site': (w) => `${sameSite(w.lastSite)}请按现场号码，然后按井号键。`,
  'ask-site-again': (w) => `没有找到这个现场。${sameSite(w.lastSite)}请按现场张贴的号码，然后按井号键。`,
  'kept-unknown-phone': (w) =>
    `谢谢来电。我们不知道这是谁的电话。来电已保留，请把受理号码告诉您的公司。${number(w.receipt)}`,
  'kept-withheld': (w) => `您的号码没有显示。请先拨186再打一次。来电已保留。${number(w.receipt)}`,
  'kept-unknown-line': (w) => `这个号码现在不受理入退场。请确认现场的号码。来电已保留。${number(w.receipt)}`,
  kept: (w) => `谢谢来电。来电已保留。请把受理号码告诉您的公司。${number(w.receipt)}`,
  service: () => '这是咨询号码。入退场请拨现场的号码。',
  'service-name': (w) => `这部电话登记为${w.name}的电话，已确认。入退场请拨现场的号码。`,
  spooled: (w) => `您的来电我们先代为保管，稍后按来电时间记录。${number(w.receipt)}`,
  'call-again': () => '很抱歉，现在不能记录。请稍后再打一次。',
};
