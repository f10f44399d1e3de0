import type { Acted } from './endpoint.ts';
import { peopleIn } from './people-in.ts';

/** So many people stand in one entry of the audit, and so many letters of a file wait for it. */
const MOST = 500;
const MOST_LETTERS = 100_000;

type Note = (done: { readonly shown?: readonly string[] }) => Promise<void>;

/**
 * A file whose people are written down before they are sent: all of them where the file says who is in it or is a text, else by what was
 * asked for alone. A long file of lines is noted piece by piece, as it is read.
 */
export async function noteFile(acted: Extract<Acted, { kind: 'raw' }>, note: Note): Promise<Acted> {
  const { raw } = acted;
  const { body, contentType, people } = raw;
  if (people) await noteMany(people, note);
  else if (typeof body === 'string') await noteMany(peopleIn(body), note);
  else if (Buffer.isBuffer(body) || !contentType.startsWith('text/csv')) await note({});
  else return { kind: 'raw', raw: { ...raw, body: notedLines(body, note) } };
  return acted;
}

/** People written down some at a time; at least once, also where there is nobody. */
export async function noteMany(people: readonly string[], note: Note): Promise<void> {
  for (let from = 0; from === 0 || from < people.length; from += MOST) {
    await note({ shown: people.slice(from, from + MOST) });
  }
}

async function* notedLines(lines: AsyncIterable<string | Buffer>, note: Note): AsyncIterable<string> {
  let held = '';
  let noted = 0;
  for await (const line of lines) {
    held += line.toString();
    if (held.length < MOST_LETTERS) continue;
    await note({ shown: peopleIn(held) });
    noted += 1;
    yield held;
    held = '';
  }
  if (held === '' && noted > 0) return;
  await note({ shown: peopleIn(held) });
  yield held;
}
