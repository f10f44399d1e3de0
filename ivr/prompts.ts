import type { Language } from '../src/domain/worker.ts';
import { romanOf } from './names.ts';
import type { Catalogue, Prompt, PromptId } from './prompt-words.ts';
import { promptsEn } from './prompts-en.ts';
import { promptsId } from './prompts-id.ts';
import { promptsJaEasy } from './prompts-ja-easy.ts';
import { promptsJa } from './prompts-ja.ts';
import { promptsMy } from './prompts-my.ts';
import { promptsNe } from './prompts-ne.ts';
import { promptsVi } from './prompts-vi.ts';
import { promptsZh } from './prompts-zh.ts';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  ja: promptsJa,
  'ja-easy': promptsJaEasy,
  en: promptsEn,
  vi: promptsVi,
  zh: promptsZh,
  id: promptsId,
  my: promptsMy,
  ne: promptsNe,
};

export const promptIds = Object.keys(promptsJa) as readonly PromptId[];

/** The sentence of a prompt in its language; names are Japanese, and written in Latin letters for a voice that reads no kana. */
export function sentenceOf({ id, words, language = 'ja' }: Prompt): string {
  const speak = CATALOGUES[language][id] as (words: Prompt['words']) => string;
  return speakable(speak(language === 'ja' || language === 'ja-easy' ? words : inLatinLetters(words)));
}

/** Every word list names people and sites under these keys only. */
const NAMES = new Set(['name', 'site', 'leftSite', 'lastSite', 'names', 'upper', 'uppers']);

function inLatinLetters(words: Prompt['words']): Prompt['words'] {
  const entries = Object.entries(words).map(([key, value]: [string, unknown]) => {
    if (!NAMES.has(key)) return [key, value];
    return [key, Array.isArray(value) ? value.map((name) => romanOf(String(name))) : romanOf(String(value))];
  });
  return Object.fromEntries(entries) as Prompt['words'];
}

/** Without what no carrier's markup may hold: control characters and halves of surrogate pairs. */
function speakable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFD\uFFFE\uFFFF]/gu, '')
    .trim();
}

/** A name for speaking; where nothing speakable is left of it, the person himself. */
export function speakableName(kana: string): string {
  return speakable(kana) || 'ゴホンニン';
}
