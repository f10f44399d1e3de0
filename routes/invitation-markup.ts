import type { RefusalCode } from '../src/domain/refusal.ts';
import type { Role } from '../src/domain/api-key.ts';
import { problems } from '../src/http/problem-words.ts';

/** Colours are the reader's own, light or dark; English stands below Japanese, smaller. */
export const STYLE = `
:root { color-scheme: light dark; }
body { font: 18px/1.6 "Noto Sans JP", "Noto Sans CJK JP", sans-serif; margin: 1.5rem auto; max-width: 36rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
[lang=en] { display: block; font-size: .85em; }
label, dt { display: block; margin-top: 1rem; font-weight: bold; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; min-height: 44px; }
button { font: inherit; margin-top: 1.5rem; padding: .6rem 1.2rem; min-height: 44px; }
dd { margin: 0; overflow-wrap: anywhere; }
.secrets dd { font-family: monospace; font-size: 1.1em; }
.secrets dd span { display: inline-block; }
[role=alert] { border-left: .4rem solid; padding-left: .8rem; font-weight: bold; }
`;

/** Marks markup that is made here, so that everything else is escaped. */
export interface Markup {
  readonly markup: string;
}

/** Markup from a template: every value in it is escaped unless it is markup itself. */
export function piece(
  texts: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup {
  const parts = values.map((value) => {
    if (typeof value === 'string') return escape(value);
    return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('\n');
  });
  return { markup: texts.map((text, place) => text + (parts[place] ?? '')).join('') };
}

/** One sentence in both languages. */
export function both(ja: string, en: string): Markup {
  return piece`${ja}<span lang="en">${en}</span>`;
}

/** A labelled field of a form. */
export function field(
  name: string,
  label: Markup,
  {
    type = 'text',
    complete,
    value = '',
  }: { readonly type?: string; readonly complete: string; readonly value?: string },
): Markup {
  return piece`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${complete}" value="${value}" required maxlength="200">`;
}

/** A form that is sent to one of our own addresses. */
export function form(action: string, fields: readonly Markup[], button: Markup): Markup {
  return piece`<form method="post" action="${action}">
${fields}
<button>${button}</button>
</form>`;
}

/** What was refused, in the words of the admin API. */
export function complaint(code: RefusalCode): Markup {
  const { ja, en } = problems[code];
  return piece`<p role="alert">${both(ja, en)}</p>`;
}

/** What a role is called. */
export const roleWords: Readonly<Record<Role, readonly [ja: string, en: string]>> = {
  operator: ['運用者', 'operator'],
  'firm-responsible': ['事業者責任者', 'responsible of a firm'],
  'hierarchy-manager': ['階層管理者', 'hierarchy manager'],
  'site-manager': ['現場管理者', 'site manager'],
  'registration-officer': ['登録担当者', 'registration officer'],
  auditor: ['監査担当者（閲覧のみ）', 'auditor, reading only'],
  worker: ['技能者', 'worker'],
};

/** A whole page. */
export function page(title: readonly [ja: string, en: string], content: readonly Markup[]): string {
  return piece`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title[0]} – genba-call</title>
<link rel="icon" href="data:,">
<style>${{ markup: STYLE }}</style>
</head>
<body>
<main>
<h1>${both(...title)}</h1>
${content}
</main>
</body>
</html>
`.markup;
}

function escape(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
