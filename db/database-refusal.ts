/**
 * Why no database could be opened, as one sentence for the person at the screen.
 *
 * Thrown by everything in `db/` for causes outside the program (missing JDK, folder in use, engine cannot write), so
 * that a command file can print the sentence and end without a stack.
 */
export class DatabaseRefusal extends Error {
  readonly sentence: string;

  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'DatabaseRefusal';
    this.sentence = sentence;
  }
}
