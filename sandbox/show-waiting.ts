/** Says every second that a call is still going on, to wherever it does not disturb what a program reads. */
export async function showWaiting<T>(call: Promise<T>, say: (sentence: string) => void): Promise<T> {
  const started = Date.now();
  const ticker = setInterval(() => {
    say(`Waiting for the service's answer (${Math.round((Date.now() - started) / 1000)} s) …`);
  }, 1000);
  try {
    return await call;
  } finally {
    clearInterval(ticker);
  }
}
