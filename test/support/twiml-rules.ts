import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DOMParser, type Element, onWarningStopParsing } from '@xmldom/xmldom';

const MOST_BYTES = 64 * 1024;
const TYPINGS = readFileSync(createRequire(import.meta.url).resolve('twilio/lib/twiml/VoiceResponse.d.ts'), 'utf8');

/** What the carrier's typings allow in one element: attributes by name with their type, and the elements inside. */
interface ElementRule {
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: ReadonlySet<string>;
}

const UNIONS = new Map(
  [...TYPINGS.matchAll(/^ {4}type (\w+) = ([^;]+);/gm)].map(([, name = '', values = '']) => [
    name,
    new Set([...values.matchAll(/"([^"]*)"/g)].map(([, value]) => value)),
  ]),
);

const ATTRIBUTES = new Map(
  [...TYPINGS.matchAll(/^ {4}export interface (\w+)Attributes (?:extends \w+ )?\{([\s\S]*?)^ {4}\}/gm)].map(
    ([, name = '', body = '']) => [
      name,
      new Map([...body.matchAll(/^ +"?([\w:-]+)"?\?: ([\w[\]]+);/gm)].map(([, key = '', type = '']) => [key, type])),
    ],
  ),
);

const ELEMENTS = new Map<string, ElementRule>(
  [...TYPINGS.matchAll(/^ *(?:declare|export) class (\w+) extends TwiML \{([\s\S]*?)^ *\}$/gm)].map(
    ([, name = '', body = '']) => [
      tagOf(name),
      {
        attributes: ATTRIBUTES.get(name) ?? new Map<string, string>(),
        children: new Set([...body.matchAll(/\): VoiceResponse\.(\w+);/g)].map(([, child = '']) => tagOf(child))),
      },
    ],
  ),
);

/** The element that a class of the typings writes: SSML in kebab case, verbs as they are called, the document itself. */
function tagOf(name: string): string {
  if (name === 'VoiceResponse') return 'Response';
  const speech = /^Ssml(\w+)$/.exec(name)?.[1];
  return speech ? speech.replace(/\B[A-Z]/g, '-$&').toLowerCase() : name;
}

/**
 * What the carrier would hold against a document, in sentences; none for a good one. Elements, attributes and their values are those
 * of the carrier's own typings; beside them: size, order of a refusal, and nothing spoken that is empty.
 */
export function twimlFaults(markup: string): readonly string[] {
  const size = Buffer.byteLength(markup);
  const root = parse(markup);
  if (!root) return ['is not well-formed XML'];
  return [
    ...(size > MOST_BYTES ? [`has ${String(size)} bytes`] : []),
    ...(root.tagName === 'Response' ? [] : [`begins with <${root.tagName}>`]),
    ...faultsIn(root),
    ...refusalFaults(childrenOf(root).map(({ tagName }) => tagName)),
  ];
}

/** Every element that can stand in a document, by the typings: for looking whether they were read at all. */
export function knownElements(): readonly string[] {
  return [...ELEMENTS.keys()];
}

function parse(markup: string): Element | undefined {
  try {
    return (
      new DOMParser({ onError: onWarningStopParsing }).parseFromString(markup, 'text/xml').documentElement ?? undefined
    );
  } catch {
    return undefined;
  }
}

function faultsIn(element: Element): readonly string[] {
  const rule = ELEMENTS.get(element.tagName);
  if (!rule) return [`knows no <${element.tagName}>`];
  const children = childrenOf(element);
  return [
    ...Array.from(element.attributes).flatMap(({ name, value }) => attributeFault(element.tagName, name, value)),
    ...children.flatMap(({ tagName }) =>
      rule.children.has(tagName) ? [] : [`cannot have <${tagName}> in <${element.tagName}>`],
    ),
    ...(element.tagName === 'Say' && (element.textContent ?? '').trim() === '' ? ['speaks an empty <Say>'] : []),
    ...children.flatMap(faultsIn),
  ];
}

function attributeFault(tag: string, name: string, value: string): readonly string[] {
  const type = ELEMENTS.get(tag)?.attributes.get(name);
  if (type === undefined) return [`knows no "${name}" of <${tag}>`];
  return isOfType(type, value) ? [] : [`cannot have ${name}="${value}" in <${tag}>: it is ${type}`];
}

function isOfType(type: string, value: string): boolean {
  if (type.endsWith('[]')) return value.split(' ').every((one) => isOfType(type.slice(0, -2), one));
  if (type === 'number') return /^\d{1,4}$/.test(value);
  if (type === 'boolean') return value === 'true' || value === 'false';
  return type === 'string' || UNIONS.get(type)?.has(value) === true;
}

/** A refusal is free only as the first verb, and ends the call; what stands behind a hang-up is never reached. */
function refusalFaults(verbs: readonly string[]): readonly string[] {
  const reject = verbs.indexOf('Reject');
  const hangup = verbs.indexOf('Hangup');
  return [
    ...(reject > 0 || (reject === 0 && verbs.length > 1) ? ['does not refuse with its only verb'] : []),
    ...(hangup >= 0 && hangup < verbs.length - 1 ? ['has verbs after <Hangup>'] : []),
  ];
}

function childrenOf(element: Element): readonly Element[] {
  return Array.from(element.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
}
