/** What was worked out for the last few texts; when there are too many of them, all are forgotten. */
export function createRecall<T>(most: number) {
  const known = new Map<string, { readonly answer: T }>();
  return {
    recall(text: string, work: () => T): T {
      const found = known.get(text);
      if (found) return found.answer;
      const answer = work();
      if (known.size >= most) known.clear();
      known.set(text, { answer });
      return answer;
    },
    forget: () => known.clear(),
  };
}

/** The same function of a text, which remembers what it answered for the last few texts: lists say the same again and again. */
export function remembered<T>(work: (text: string) => T, most = 4_096): (text: string) => T {
  const memory = createRecall<T>(most);
  return (text) => memory.recall(text, () => work(text));
}
