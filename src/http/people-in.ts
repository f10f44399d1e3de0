const SOMEBODY = /(?<![a-z0-9])(?:wrk|acc)_[a-z0-9]{4,40}/g;

/** Everybody whom a text names by an id: workers and accounts, each once. */
export function peopleIn(text: string): readonly string[] {
  return [...new Set(text.match(SOMEBODY))];
}
