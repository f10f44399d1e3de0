import { toKatakana } from '../text.ts';
import { foldFirmCore, foldKana, foldName, foldVariants, withoutLegalForm } from './fold-name.ts';
import type { IssueCode } from './list-issue.ts';
import type { NamedParty } from './read-list-row.ts';

/** A firm or worker on file. `scope` is what a name is unique within: nothing for firms, the employer for workers. */
export interface KnownParty<Id extends string> {
  readonly id: Id;
  readonly name: string;
  readonly kana: string;
  readonly ccusId?: string;
  readonly scope: string;
}

/** A firm or worker that rows speak of: on file when it has an id of ours, else to be created. */
export interface Party<Id extends string> {
  readonly key: string;
  readonly id?: Id;
  readonly name: string;
  readonly kana: string;
  readonly ccusId?: string;
  readonly scope: string;
  /** It is on file without the registry's id, and the list brings that id. */
  readonly brings?: 'ccusId';
}

/** A remark about a match, with what a person may want to write instead. */
export interface MatchRemark {
  readonly code: IssueCode;
  readonly suggestion?: string;
}

export interface PartyMatch<Id extends string> {
  readonly party?: Party<Id>;
  readonly remarks: readonly MatchRemark[];
}

/** Who is who between a list and what is on file. */
export interface PartyMatcher<Id extends string> {
  know(known: KnownParty<Id>): void;
  /** Makes a row's party known before rows are resolved, so that their order does not matter. */
  declare(named: NamedParty, scope: string): void;
  /** The party that a row means, or the codes of why it stays unclear. */
  resolve(named: NamedParty, scope: string): PartyMatch<Id>;
}

type Kind = 'firm' | 'worker';

/** More people of one name under one employer are told apart by their ids alone. */
const MOST_NAMESAKES = 200;

/**
 * Matches by the registry's id first, then by name and reading within the scope, whatever the letters' way of writing
 * (R-007). A party that lacks the registry's id takes it from a row of the same name and reading; one with another id is another party.
 */
export function createPartyMatcher<Id extends string>(kind: Kind): PartyMatcher<Id> {
  const byId = new Map<string, Party<Id>>();
  const byName = createNameIndex<Id>();
  const cores = new Map<string, string>();
  let made = 0;
  const place = (party: Party<Id>) => {
    if (party.ccusId !== undefined) byId.set(party.ccusId, party);
    byName.place(party);
  };
  const candidates = ({ name = '', kana, ccusId, another }: NamedParty, scope: string) => {
    const found = byName
      .of(name, scope)
      .filter((party) => kana === undefined || foldKana(party.kana) === foldKana(kana))
      .filter((party) => ccusId === undefined || party.ccusId === undefined);
    const exact = found.filter((party) => foldName(party.name) === foldName(name));
    return exact.length > 0 || another === true ? exact : found;
  };

  /** A firm that is on file with another legal form, or with none, is asked about only where nothing else is said. */
  const ofNewcomer = (made: Party<Id>, named: NamedParty): readonly MatchRemark[] => {
    const remarks = newcomerRemarks(made, byName.of(made.name, made.scope), named);
    const alike = kind === 'firm' && remarks.length === 0 ? cores.get(foldFirmCore(made.name)) : undefined;
    return alike === undefined ? remarks : [{ code: 'firm-alike', suggestion: alike }];
  };

  return {
    know(known) {
      place({ key: known.id, ...known });
      if (kind === 'firm') cores.set(foldFirmCore(known.name), known.name);
    },
    declare(named, scope) {
      const { name, ccusId } = named;
      const kana = readingOf(named);
      if (name === undefined || kana === undefined || byId.has(ccusId ?? '')) return;
      const [first, second] = candidates(named, scope);
      // A short key: a list may bring a hundred thousand of them.
      if (!first) place({ key: `+${String(++made)}`, name, kana, scope, ...(ccusId === undefined ? {} : { ccusId }) });
      else if (!second && ccusId !== undefined) place({ ...first, ccusId, ...(first.id && { brings: 'ccusId' }) });
    },
    resolve(named, scope) {
      const identified = named.ccusId === undefined ? undefined : byId.get(named.ccusId);
      if (identified) return resolveById(identified, named, scope);
      if (named.name === undefined) return { remarks: [{ code: `${kind}-unknown` }] };
      const [first, second] = candidates(named, scope);
      if (!first)
        return { remarks: [{ code: byName.isFull(named.name, scope) ? `${kind}-ambiguous` : 'kana-missing' }] };
      if (second) return { remarks: [{ code: `${kind}-ambiguous` }] };
      const question = sameQuestion(kind, first, named);
      return { party: first, remarks: first.id ? question : [...question, ...ofNewcomer(first, named)] };
    },
  };
}

/** Parties by scope and name; of a name that very many have, only so many, or a long list would take for ever. */
function createNameIndex<Id extends string>() {
  // Most names have one party, which needs no list of its own.
  const byName = new Map<string, Party<Id> | Party<Id>[]>();
  const of = (name: string, scope: string): readonly Party<Id>[] => {
    const found = byName.get(nameKey(name, scope));
    if (found === undefined) return [];
    return Array.isArray(found) ? found : [found];
  };
  return {
    place(party: Party<Id>): void {
      const key = nameKey(party.name, party.scope);
      const found = byName.get(key);
      if (found === undefined || (!Array.isArray(found) && found.key === party.key)) {
        byName.set(key, party);
        return;
      }
      const others = Array.isArray(found) ? found : [found];
      const at = others.findIndex((other) => other.key === party.key);
      if (at >= 0) others[at] = party;
      else if (others.length < MOST_NAMESAKES) others.push(party);
      byName.set(key, others);
    },
    of,
    isFull: (name: string, scope: string) => of(name, scope).length === MOST_NAMESAKES,
  };
}

function resolveById<Id extends string>(party: Party<Id>, named: NamedParty, scope: string): PartyMatch<Id> {
  if (party.scope !== scope) return { remarks: [{ code: 'employer-differs' }] };
  const differs = named.name !== undefined && foldName(named.name) !== foldName(party.name);
  return { party, remarks: differs ? [{ code: 'name-differs', suggestion: party.name }] : [] };
}

/** The same but for the way of writing: taken for the same, and asked. */
function sameQuestion<Id extends string>(kind: Kind, { name }: Party<Id>, named: NamedParty): readonly MatchRemark[] {
  if (named.name === undefined || foldName(named.name) === foldName(name)) return [];
  return [{ code: `same-${kind}`, suggestion: name }];
}

/** What is to be said of somebody new whose name is on file. */
function newcomerRemarks<Id extends string>(
  made: Party<Id>,
  namesakes: readonly Party<Id>[],
  { another }: NamedParty,
): readonly MatchRemark[] {
  const onFile = namesakes.filter(({ id }) => id !== undefined);
  const [other] = onFile;
  if (!other || another) return [];
  const sameReading = onFile.some(({ kana }) => foldKana(kana) === foldKana(made.kana));
  return [{ code: sameReading ? 'same-name-other-id' : 'same-name-other-kana', suggestion: other.name }];
}

/** A name in kana or in Latin letters is its own reading: グエン ヴァン アン, ㈱アオバ. */
function readingOf({ name = '', kana }: NamedParty): string | undefined {
  return kana ?? toKatakana(withoutLegalForm(name));
}

function nameKey(name: string, scope: string): string {
  return `${scope} ${foldVariants(name)}`;
}
