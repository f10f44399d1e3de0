import type { Language } from '../src/domain/worker.ts';

/** Hour and minute in Tokyo. */
export interface Time {
  readonly hour: number;
  readonly minute: number;
}

/** What a receipt speaks: names in kana as stored, the time as hour and minute in Tokyo, four digits. */
export interface ReceiptWords extends Time {
  readonly name: string;
  readonly site: string;
  readonly receipt: string;
}

/** One day as it is read out: its date, and the times that are known. */
export interface DayWords {
  readonly month: number;
  readonly day: number;
  readonly entry?: Time;
  readonly exit?: Time;
}

/** What each prompt speaks of. */
export interface Words {
  'entry-recorded': ReceiptWords;
  /** `stayMinutes`: how long the stay was; `monthDays`: how many days this month has so far, where the firm asks for it. */
  'exit-recorded': ReceiptWords & { readonly stayMinutes?: number; readonly monthDays?: number };
  /** An exit with the days that are missing to the next level; without a word more, so that it stays short. */
  'exit-with-level': ReceiptWords & {
    readonly stayMinutes?: number;
    readonly monthDays: number;
    readonly levelDays: number;
  };
  /** Said after a receipt: the keys 1, 2, … stand for these firms in their order. */
  'which-upper': { readonly uppers: readonly string[] };
  'upper-taken': { readonly upper: string };
  moved: ReceiptWords & { readonly leftSite: string };
  'ask-withheld': object;
  'ask-unknown': object;
  'ask-other': object;
  'ask-pin': object;
  'ask-pin-again': object;
  'ask-group': { readonly count: number };
  'ask-group-again': { readonly count: number };
  'group-done': { readonly count: number; readonly receipt: string };
  'on-site': { readonly names: readonly string[] };
  menu: object;
  'menu-closed': object;
  today: { readonly name: string; readonly day?: DayWords };
  week: { readonly name: string; readonly days: readonly DayWords[] };
  'forgot-day': object;
  'forgot-entry': { readonly month: number; readonly day: number };
  'forgot-exit': { readonly month: number; readonly day: number };
  'forgot-again': object;
  'forgot-check': { readonly day: DayWords };
  'forgot-filed': { readonly receipt: string };
  /** Said to somebody whom we call. */
  'missing-exit': { readonly name: string; readonly site: string };
  /** Said to somebody whom we call because his number was registered; the name is his firm's. */
  'number-registered': { readonly name: string };
  /** Said to somebody whose language nobody knows. */
  'language-hint': object;
  /** Said in the language that it offers. */
  'language-offer': object;
  'ask-worker': object;
  'ask-worker-again': object;
  'ask-site': { readonly lastSite?: string };
  'ask-site-again': { readonly lastSite?: string };
  'kept-unknown-phone': { readonly receipt: string };
  'kept-withheld': { readonly receipt: string };
  'kept-unknown-line': { readonly receipt: string };
  kept: { readonly receipt: string };
  service: object;
  'service-name': { readonly name: string };
  spooled: { readonly receipt: string };
  'call-again': object;
}

export type PromptId = keyof Words;

/** One sentence to be spoken; without a language it is Japanese. */
export type Prompt = {
  [Id in PromptId]: { readonly id: Id; readonly words: Words[Id]; readonly language?: Language };
}[PromptId];

/** Every sentence in one language: one that is forgotten does not compile. */
export type Catalogue = { [Id in PromptId]: (words: Words[Id]) => string };
