/** What Asterisk says to a command. `gone`: the caller has hung up. `progress`: the answer is still to come. */
export type AgiAnswer =
  | { readonly kind: 'progress' | 'gone' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'done'; readonly keys: string };

/** Reads one line of Asterisk. A result of -1 is the end of the call; keys are given as pressed, without those no telephone has. */
export function readAgiAnswer(line: string): AgiAnswer {
  if (line === 'HANGUP' || line.startsWith('511')) return { kind: 'gone' };
  const [, result] = /^200 result=(\S*)/.exec(line) ?? [];
  if (result === '-1') return /gosub/i.test(line) ? { kind: 'refused', code: 'no-subroutine' } : { kind: 'gone' };
  if (result !== undefined) return { kind: 'done', keys: result.replace(/[^\d*#]/g, '') };
  // A refusal may be a page on how to use the command; its last line has a space after the number.
  const [, code] = /^(5\d\d) /.exec(line) ?? [];
  return code === undefined ? { kind: 'progress' } : { kind: 'refused', code };
}
