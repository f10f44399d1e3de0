import type { Firm } from './domain/firm.ts';
import type { Outcome } from './domain/outcome.ts';
import type { Within } from './domain/reach.ts';
import type { Site } from './domain/site.ts';
import type { Worker } from './domain/worker.ts';
import type { Page } from './ports.ts';

/** The kinds of things that are searched for by words. */
export type SearchKind = 'firm' | 'worker' | 'site';

/** A question in a person's words, with how far his rights reach. */
export interface Question {
  readonly q: string;
  readonly limit: number;
  /** Where an earlier answer ended. */
  readonly after?: string;
  readonly within: Within;
  /** Only what this one employs, or builds as prime; with `not` only what it does not. */
  readonly owner?: { readonly id: string; readonly not?: boolean };
  /** Whether he may see telephone numbers whole, and so ask by their last digits. */
  readonly byNumber: boolean;
}

export type SearchRefusal = 'search-empty' | 'search-not-ready';
type Found<T> = Promise<Outcome<Page<T>, SearchRefusal>>;

/** Finds things of the registers by words, those first that fit best. */
export interface Search {
  firms(question: Question): Found<Firm>;
  workers(question: Question): Found<Worker>;
  sites(question: Question): Found<Site>;
}

/** Things that one instance has changed, for the others: `kind:id`. */
export interface ChangeEntry {
  readonly place: number;
  readonly by: string;
  readonly things: readonly string[];
  readonly at: Date;
}

/** What all instances have changed in the registers, one after the other without gaps. */
export interface ChangeLog {
  /** The last place that is taken; 0 when there is none. */
  latest(): Promise<number>;
  /** Those of the next places that are taken. */
  after(place: number): Promise<readonly ChangeEntry[]>;
  /** False when the place is taken. */
  append(entry: ChangeEntry): Promise<boolean>;
  prune(before: Date): Promise<void>;
}
