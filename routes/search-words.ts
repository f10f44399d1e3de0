import type { Viewer } from '../src/domain/api-key.ts';
import { plainText } from '../src/domain/text.ts';
import type { Question } from '../src/ports-search.ts';

/**
 * What is searched for: parts of names, kana in any width, romaji, ids and codes (whole), a telephone number (whole in any writing, or its last
 * four digits); several words must all fit. An empty one is refused.
 */
export const SearchWords = plainText(100).meta({ id: 'SearchWords' });

/** Why a search is refused. */
export const searchRefusals = ['search-empty', 'search-not-ready'] as const;

/** the sites that the own firm registered, or those it works on without having registered them. */
export const siteScopes = ['registered', 'in-tree'] as const;

/** Whose sites a scope means; nobody's where the asker acts for no firm. */
export function ownerAsked(scope: (typeof siteScopes)[number] | undefined, { firmId }: Viewer): Question['owner'] {
  if (scope === undefined || firmId === undefined) return undefined;
  return { id: firmId, ...(scope === 'in-tree' ? { not: true } : {}) };
}
