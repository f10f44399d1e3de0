/** The same function of a text, which remembers what it answered for the last few texts: lists say the same again and again. */
export function remembered<T>(work: (text: string) => T, most = 4_096): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (text) => {
    const found = known.get(text);
    if (found) return found.answer;
    const answer = work(text);
    if (known.size >= most) known.clear();
    known.set(text, { answer });
    return answer;
  };
}
