import { DOMParser, type Element, onWarningStopParsing } from '@xmldom/xmldom';
import { type Outcome, accept, refuse } from '../src/domain/outcome.ts';

/** What the caller hears without being asked; `loop` repeats it, a pause is silence. */
export type Prompt =
  | { readonly verb: 'say'; readonly text: string; readonly loop: number }
  | { readonly verb: 'play'; readonly keys: string; readonly loop: number }
  | { readonly verb: 'pause'; readonly seconds: number };

/** A question that listens for keys; `timeout` is seconds of silence after the prompt or the last key. */
export interface Gather {
  readonly verb: 'gather';
  readonly action: string;
  readonly numDigits?: number;
  readonly timeout: number;
  readonly finishOnKey: string;
  readonly actionOnEmptyResult: boolean;
  readonly listens: boolean;
  readonly prompts: readonly Prompt[];
}

/** One instruction to the carrier, with the carrier's defaults filled in. */
export type Verb =
  | Prompt
  | Gather
  | { readonly verb: 'redirect'; readonly to: string }
  | { readonly verb: 'reject'; readonly reason: 'rejected' | 'busy' }
  | { readonly verb: 'hangup' };

/** The carrier's own error numbers: document too long (11750), not XML (12100), no instruction it knows (12200). */
export type TwimlRefusal = '11750' | '12100' | '12200';

/** 64 kB: the carrier takes no longer document. */
const MAX_BYTES = 64 * 1024;
/** The carrier's meaning of `loop="0"`: until the caller hangs up. */
const ENDLESS = 1000;
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  Say: ['voice', 'language', 'loop'],
  Play: ['loop', 'digits'],
  Pause: ['length'],
  Gather: ['input', 'action', 'method', 'timeout', 'finishOnKey', 'numDigits', 'actionOnEmptyResult', 'language'],
  Redirect: ['method'],
  Reject: ['reason'],
  Hangup: [],
};

/** Reads a document as strictly as the carrier's own schema: a misspelt verb or attribute is a refusal, not silence. */
export function readTwiml(text: string): Outcome<readonly Verb[], TwimlRefusal> {
  if (Buffer.byteLength(text) > MAX_BYTES) return refuse('11750', 'The document is longer than 64 kB.');
  const root = readRoot(text);
  if (!root) return refuse('12100', 'The document is not well-formed XML with a <Response>.');
  const verbs: Verb[] = [];
  for (const element of childrenOf(root)) {
    const fault = findFault(element);
    if (fault) return refuse('12200', fault);
    verbs.push(readVerb(element));
  }
  return accept(verbs);
}

function readRoot(text: string): Element | undefined {
  if (NOT_XML.test(text)) return undefined;
  try {
    const root = new DOMParser({ onError: onWarningStopParsing }).parseFromString(text, 'text/xml').documentElement;
    const sound = root?.tagName === 'Response' && !NOT_XML.test(root.textContent ?? '');
    return sound ? root : undefined;
  } catch {
    return undefined;
  }
}

function findFault(element: Element, inGather = false): string | undefined {
  const name = element.tagName;
  const known = ATTRIBUTES[name];
  if (!known || (inGather && !['Say', 'Play', 'Pause'].includes(name)))
    return `<${name}> ${inGather ? 'cannot stand inside <Gather>' : 'is not a verb this caller plays'}.`;
  const odd = Array.from(element.attributes).find(({ name: attribute }) => !known.includes(attribute));
  if (odd) return `<${name}> has no attribute "${odd.name}".`;
  if (text(element, 'method', 'POST') !== 'POST') return `<${name}> asks for GET; the service takes POST only.`;
  const bad = ['numDigits', 'timeout', 'loop', 'length'].find((attribute) => !isCount(element, attribute));
  if (bad) return `<${name}> has a "${bad}" that is not a whole number.`;
  if (name !== 'Gather') return undefined;
  return childrenOf(element)
    .map((child) => findFault(child, true))
    .find((fault) => fault !== undefined);
}

function readVerb(element: Element): Verb {
  switch (element.tagName) {
    case 'Gather':
      return readGather(element);
    case 'Redirect':
      return { verb: 'redirect', to: (element.textContent ?? '').trim() };
    case 'Reject':
      return { verb: 'reject', reason: text(element, 'reason', 'rejected') === 'busy' ? 'busy' : 'rejected' };
    case 'Hangup':
      return { verb: 'hangup' };
    default:
      return readPrompt(element);
  }
}

function readPrompt(element: Element): Prompt {
  const loop = count(element, 'loop', 1) || ENDLESS;
  if (element.tagName === 'Pause') return { verb: 'pause', seconds: count(element, 'length', 1) };
  if (element.tagName === 'Play') return { verb: 'play', keys: text(element, 'digits', ''), loop };
  return { verb: 'say', text: (element.textContent ?? '').trim(), loop };
}

function readGather(element: Element): Gather {
  return {
    verb: 'gather',
    action: text(element, 'action', ''),
    ...(element.hasAttribute('numDigits') ? { numDigits: count(element, 'numDigits', 1) } : {}),
    timeout: count(element, 'timeout', 5),
    finishOnKey: text(element, 'finishOnKey', '#'),
    actionOnEmptyResult: text(element, 'actionOnEmptyResult', 'false') === 'true',
    listens: text(element, 'input', 'dtmf').split(/\s+/).includes('dtmf'),
    prompts: childrenOf(element).map(readPrompt),
  };
}

function childrenOf(element: Element): readonly Element[] {
  return Array.from(element.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
}

function text(element: Element, name: string, otherwise: string): string {
  return element.getAttribute(name) ?? otherwise;
}

function count(element: Element, name: string, otherwise: number): number {
  return element.hasAttribute(name) ? Number(element.getAttribute(name)) : otherwise;
}

function isCount(element: Element, name: string): boolean {
  return !element.hasAttribute(name) || /^\d{1,4}$/.test(element.getAttribute(name) ?? '');
}
