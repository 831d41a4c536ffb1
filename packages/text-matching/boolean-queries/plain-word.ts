import { foldText } from '../fold/fold-text.ts';
import { plainReading } from './plain-reading.ts';

/** A word as it is read, in lower case: no accents, no fancy or look-alike letters, nothing invisible. */
export function plainWord(word: string): string {
  const reading = plainReading(foldText(word));
  return (reading?.text ?? word).toLowerCase().normalize('NFC');
}
