import { foldKana, foldName } from './fold-name.ts';
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

export interface PartyMatch<Id extends string> {
  readonly party?: Party<Id>;
  readonly codes: readonly IssueCode[];
}

/** Who is who between a list and what is on file. */
export interface PartyMatcher<Id extends string> {
  /** Makes a row's party known before rows are resolved, so that their order does not matter. */
  declare(named: NamedParty, scope: string): void;
  /** The party that a row means, or the codes of why it stays unclear. */
  resolve(named: NamedParty, scope: string): PartyMatch<Id>;
}

type Kind = 'firm' | 'worker';

/**
 * Matches by the registry's id first, then by name and reading within the scope. A party that lacks the
 * registry's id takes it from a row of the same name and reading; one with another id is another party.
 */
export function createPartyMatcher<Id extends string>(kind: Kind, known: readonly KnownParty<Id>[]): PartyMatcher<Id> {
  const byId = new Map<string, Party<Id>>();
  const byName = new Map<string, Party<Id>[]>();
  const place = (party: Party<Id>) => {
    if (party.ccusId !== undefined) byId.set(party.ccusId, party);
    const name = nameKey(party.name, party.scope);
    byName.set(name, [...(byName.get(name) ?? []).filter(({ key }) => key !== party.key), party]);
  };
  const namesakes = (name: string, scope: string) => byName.get(nameKey(name, scope)) ?? [];
  const candidates = ({ name = '', kana, ccusId }: NamedParty, scope: string) =>
    namesakes(name, scope)
      .filter((party) => kana === undefined || foldKana(party.kana) === foldKana(kana))
      .filter((party) => ccusId === undefined || party.ccusId === undefined);
  for (const one of known) place({ key: one.id, ...one });

  return {
    declare(named, scope) {
      const { name, kana, ccusId } = named;
      if (name === undefined || kana === undefined || byId.has(ccusId ?? '')) return;
      const [first, second] = candidates(named, scope);
      if (!first) place(newParty({ name, kana, scope, ...(ccusId === undefined ? {} : { ccusId }) }));
      else if (!second && ccusId !== undefined) place({ ...first, ccusId, ...(first.id && { brings: 'ccusId' }) });
    },
    resolve(named, scope) {
      const identified = named.ccusId === undefined ? undefined : byId.get(named.ccusId);
      if (identified) return resolveById(identified, named, scope);
      if (named.name === undefined) return { codes: [`${kind}-unknown`] };
      const [first, second] = candidates(named, scope);
      if (!first) return { codes: ['kana-missing'] };
      if (second) return { codes: [`${kind}-ambiguous`] };
      return { party: first, codes: first.id ? [] : remarks(first, namesakes(first.name, scope)) };
    },
  };
}

function newParty<Id extends string>(party: Omit<Party<Id>, 'key'>): Party<Id> {
  return { key: `new ${nameKey(party.name, party.scope)} ${foldKana(party.kana)} ${party.ccusId ?? ''}`, ...party };
}

function resolveById<Id extends string>(party: Party<Id>, named: NamedParty, scope: string): PartyMatch<Id> {
  if (party.scope !== scope) return { codes: ['employer-differs'] };
  const differs = named.name !== undefined && foldName(named.name) !== foldName(party.name);
  return { party, codes: differs ? ['name-differs'] : [] };
}

function remarks<Id extends string>(made: Party<Id>, namesakes: readonly Party<Id>[]): readonly IssueCode[] {
  const onFile = namesakes.filter(({ id }) => id !== undefined);
  if (onFile.some(({ kana }) => foldKana(kana) === foldKana(made.kana))) return ['same-name-other-id'];
  return onFile.length > 0 ? ['same-name-other-kana'] : [];
}

function nameKey(name: string, scope: string): string {
  return `${scope} ${foldName(name)}`;
}
