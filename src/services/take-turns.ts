/** Runs work one after the other, in the order in which it was asked for; work that fails keeps no other from its turn. */
export function createTurns(): (work: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
