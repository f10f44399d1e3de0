import type { Catalogue, DayWords, Time } from './prompt-words.ts';

const some = (count: number, what: string) => `${String(count)} ${what}${count === 1 ? '' : 's'}`;
const at = ({ hour, minute }: Time) => `${String(hour)}:${String(minute).padStart(2, '0')}`;
const number = (receipt: string) => `Your receipt number is ${[...receipt].join(', ')}.`;
const stay = (minutes: number | undefined) =>
  minutes === undefined ? '' : `That was ${some(Math.floor(minutes / 60), 'hour')} ${some(minutes % 60, 'minute')}. `;
const progress = (days: number | undefined) => (days === undefined ? '' : `This is day ${String(days)} of the month. `);
const CODE = 'Press your six-digit worker number, then the hash key.';
const END = 'To end, press only the hash key.';
const times = ({ entry, exit }: DayWords) =>
  [entry && `in at ${at(entry)}`, exit ? `out at ${at(exit)}` : 'no exit recorded'].filter(Boolean).join(', ');
const date = ({ month, day }: { month: number; day: number }) => `${MONTHS[month - 1] ?? ''} ${String(day)}`;
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const dated = (day: DayWords) => `${date(day)}: ${times(day)}. `;
const sameSite = (site: string | undefined) => (site ? `For ${site}, as last time, press 1, then hash. ` : '');

export const promptsEn: Catalogue = {
  'entry-recorded': (w) => `${w.name}, ${w.site}, entry at ${at(w)} is recorded. ${number(w.receipt)} Stay safe.`,
  'exit-recorded': (w) =>
    `${w.name}, ${w.site}, exit at ${at(w)} is recorded. ${stay(w.stayMinutes)}${progress(w.monthDays)}${number(w.receipt)} Thank you.`,
  'exit-with-level': (w) =>
    `${w.name}, ${w.site}, exit at ${at(w)} is recorded. ${stay(w.stayMinutes)}Day ${String(w.monthDays)} this month, ${some(w.levelDays, 'day')} to next level. ${number(w.receipt)}`,
  'which-upper': (w) =>
    `Which company is your work for? ${w.uppers.map((name, place) => `For ${name}, press ${String(place + 1)}.`).join(' ')}`,
  'upper-taken': (w) => `Thank you. Your work is for ${w.upper}.`,
  moved: (w) =>
    `${w.name}, exit from ${w.leftSite} and entry to ${w.site} at ${at(w)} are recorded. ${number(w.receipt)}`,
  'ask-withheld': () => `Your number is hidden. Please dial 186 first and call again. To go on: ${CODE}`,
  'ask-unknown': () => `This telephone is not registered. ${CODE}`,
  'ask-other': () => `The record is taken back. For the other person: ${CODE}`,
  'ask-pin': () => 'Press your PIN, then the hash key.',
  'ask-pin-again': () => 'That was not right. Press your PIN again, then the hash key.',
  'ask-group': (w) =>
    w.count === 0
      ? `Several people are recorded in this call. One after the other: ${CODE} ${END}`
      : `${String(w.count)} recorded. The next worker number, please. ${END}`,
  'ask-group-again': () => `That number is not known. Please try again. ${END}`,
  'group-done': (w) =>
    `${w.count === 1 ? '1 person is' : `${String(w.count)} people are`} recorded. ${number(w.receipt)} Thank you.`,
  'on-site': (w) =>
    w.names.length === 0
      ? 'Nobody is left on the site.'
      : `${w.names.length === 1 ? '1 is' : `${String(w.names.length)} are`} still on the site: ${w.names.join(', ')}.`,
  menu: () =>
    'For today press 1, for the last seven days 2, to report a day you forgot to call 3, for the language 8, to hear this again 9.',
  'menu-closed': () => 'This works only on your own telephone or with a PIN. Please ask your company.',
  today: (w) => `${w.name}, today: ${w.day ? `${times(w.day)}.` : 'nothing is recorded yet.'}`,
  week: (w) =>
    w.days.length === 0
      ? `${w.name}, nothing is recorded in the last seven days.`
      : `${w.name}. ${w.days.map(dated).join('')}`,
  'forgot-day': () => 'To report a day: press 1 for yesterday, or month and day as four digits, then the hash key.',
  'forgot-entry': (w) =>
    `${date(w)}: press the time you came as four digits, then hash. For 7:40 press 0740. If there is none, press only hash.`,
  'forgot-exit': (w) =>
    `${date(w)}: press the time you left as four digits, then hash. If there is none, press only hash.`,
  'forgot-again': () => 'That was not clear. Press four digits again, then the hash key.',
  'forgot-check': (w) => `${dated(w.day)}If this is right press 1, to start again 2, then the hash key.`,
  'forgot-filed': (w) => `Your report is taken. It counts once your company has checked it. ${number(w.receipt)}`,
  'missing-exit': (w) =>
    `${w.name}, thank you for your work. Your leaving call for ${w.site} has not reached us yet. If you are still there, please hang up and call when you leave.`,
  'number-registered': (w) =>
    `This is ${w.name}. This telephone was registered for attendance calls. If this is a mistake, please tell ${w.name}, and it will be removed.`,
  'language-hint': () => 'For English and other languages, press 8, then the hash key.',
  'language-offer': () => 'For English press 1, for other languages press 8.',
  'ask-worker': () => CODE,
  'ask-worker-again': () => `That number is not known. ${CODE}`,
  'ask-site': (w) => `${sameSite(w.lastSite)}Press the site number, then the hash key.`,
  'ask-site-again': (w) =>
    `That site is not known. ${sameSite(w.lastSite)}Press the number shown at the site, then the hash key.`,
  'kept-unknown-phone': (w) =>
    `Thank you for calling. We could not tell whose telephone this is. Your call is kept; please tell your company the receipt number. ${number(w.receipt)}`,
  'kept-withheld': (w) =>
    `Your number is hidden. Please dial 186 first and call again. Your call is kept. ${number(w.receipt)}`,
  'kept-unknown-line': (w) =>
    `This number takes no entries or exits now. Please check the number of your site. Your call is kept. ${number(w.receipt)}`,
  kept: (w) =>
    `Thank you for calling. Your call is kept. Please tell your company the receipt number. ${number(w.receipt)}`,
  service: () => 'This number is for information. For entry and exit, please call the number of your site.',
  'service-name': (w) =>
    `This telephone is registered for ${w.name}. It is confirmed. For entry and exit, please call the number of your site.`,
  spooled: (w) =>
    `We are holding your call. It will be recorded later, with the time of your call. ${number(w.receipt)}`,
  'call-again': () => 'We are sorry. Nothing can be recorded now. Please call again a little later.',
};
