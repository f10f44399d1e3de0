import type { Firm } from '../firm.ts';
import { foldName } from './fold-name.ts';

const LEGAL_FORM = /株式|\(株\)|\(有\)|\(同\)|\(資\)|\(名\)|法人|組合|相互会社|公社/;

/**
 * The kind of a firm that a list names for the first time. A corporation must carry its legal form in its name; a firm
 * named like its worker is one person; the rest are sole proprietors until somebody corrects it.
 */
export function guessFirmKind(firmName: string, workerName: string): Firm['kind'] {
  const name = foldName(firmName);
  if (LEGAL_FORM.test(name)) return 'corporation';
  return name === foldName(workerName) || name.includes('一人親方') ? 'solo-contractor' : 'sole-proprietor';
}
