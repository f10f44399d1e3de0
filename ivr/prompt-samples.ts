import type { Language } from '../src/domain/worker.ts';
import type { Prompt, PromptId, Words } from './prompt-words.ts';

const name = 'ヤマダ タロウ';
const site = 'ミナミマチ アパート';
const receipt = '4821';
const morning = { hour: 7, minute: 41 };
const evening = { hour: 17, minute: 12 };
const done = { name, site, receipt };
const day = { month: 11, day: 24, entry: morning, exit: evening };
const report = { month: 11, day: 23 };

const SAMPLES: { readonly [Id in PromptId]: Words[Id] } = {
  'entry-recorded': { ...done, ...morning },
  'exit-recorded': { ...done, ...evening, stayMinutes: 571, monthDays: 17 },
  'exit-with-level': { ...done, ...evening, stayMinutes: 571, monthDays: 17, levelDays: 128 },
  'which-upper': { uppers: ['アサヒ デンキ', 'ヤマト コウムテン'] },
  'upper-taken': { upper: 'アサヒ デンキ' },
  moved: { ...done, hour: 13, minute: 5, leftSite: 'キタマチ ソウコ' },
  'ask-withheld': {},
  'ask-unknown': {},
  'ask-other': {},
  'ask-pin': {},
  'ask-pin-again': {},
  'ask-group': { count: 3 },
  'ask-group-again': { count: 3 },
  'group-done': { count: 4, receipt },
  'on-site': { names: [name, 'サトウ ハナコ'] },
  menu: {},
  'menu-closed': {},
  today: { name, day },
  week: { name, days: [day, { ...day, day: 22 }, { ...day, day: 21 }] },
  'forgot-day': {},
  'forgot-entry': report,
  'forgot-exit': report,
  'forgot-again': {},
  'forgot-check': { day: { ...day, day: 23 } },
  'forgot-filed': { receipt },
  'missing-exit': { name, site },
  'number-registered': { name: 'ミホン コウギョウ' },
  'language-hint': {},
  'language-offer': {},
  'ask-worker': {},
  'ask-worker-again': {},
  'ask-site': { lastSite: site },
  'ask-site-again': { lastSite: site },
  'kept-unknown-phone': { receipt },
  'kept-withheld': { receipt },
  'kept-unknown-line': { receipt },
  kept: { receipt },
  service: {},
  'service-name': { name },
  spooled: { receipt },
  'call-again': {},
};

/** A prompt with words as they may be, for looking at it and listening to it before anybody calls. */
export function sampleOf(id: PromptId, language: Language): Prompt {
  return { id, words: SAMPLES[id], language } as Prompt;
}
