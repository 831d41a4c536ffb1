import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const MAGIC = 0x950412de;
const SHORTEST_SENTENCE = 20;

/** Reads the distinct translated sentences of a language from a folder of GNU gettext catalogues (`LANG/LC_MESSAGES/*.mo`). */
export function readTranslations(folder: string, language: string): string[] {
  const catalogues = path.join(folder, language, 'LC_MESSAGES');
  const sentences = new Set<string>();
  for (const file of readdirSync(catalogues)) {
    if (!file.endsWith('.mo')) continue;
    for (const text of readCatalogue(readFileSync(path.join(catalogues, file)))) {
      if (text.length >= SHORTEST_SENTENCE) sentences.add(text);
    }
  }
  return [...sentences];
}

/** Reads the translations of a catalogue (gettext manual, "The Format of GNU MO Files"). Plural forms are split. */
function readCatalogue(bytes: Buffer): string[] {
  if (bytes.length < 20 || bytes.readUInt32LE(0) !== MAGIC) return [];
  const count = bytes.readUInt32LE(8);
  const table = bytes.readUInt32LE(16);
  return Array.from({ length: count }, (_, index) => {
    const length = bytes.readUInt32LE(table + 8 * index);
    const offset = bytes.readUInt32LE(table + 8 * index + 4);
    return bytes.toString('utf8', offset, offset + length).split('\0');
  }).flat();
}
