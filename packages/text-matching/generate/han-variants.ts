/**
 * Han characters that are one letter in several countries' spellings (面 and 麵, 桜 and 樱), by the tables of npm's opencc-js 1.4.2
 * (MIT; data of OpenCC, Apache-2.0). The simplified form stands for all.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const ModuleSchema = z.object({ default: z.string() });

/** Maps each variant to the form that it folds to. */
export async function hanVariants(): Promise<ReadonlyMap<string, string>> {
  const simplified = await readPairs(require.resolve('opencc-js/dict/TSCharacters'));
  const traditional = await readPairs(require.resolve('opencc-js/dict/JPShinjitaiCharacters'));
  const variants = new Map(simplified);
  for (const [japanese, old] of traditional) {
    const target = simplified.get(old) ?? old;
    if (target !== japanese) variants.set(japanese, target);
  }
  // A form that another one folds to folds further, to one end.
  for (const [variant, target] of variants) {
    const next = variants.get(target);
    if (next !== undefined) variants.set(variant, next === variant ? variant : next);
  }
  for (const [variant, target] of variants) if (variant === target) variants.delete(variant);
  return variants;
}

/** Reads `from to to|from to`: a character and its counterparts, the most usual first. */
async function readPairs(file: string): Promise<Map<string, string>> {
  const pairs = ModuleSchema.parse(await import(pathToFileURL(file).href)).default.split('|');
  return new Map(
    pairs.flatMap((pair): [string, string][] => {
      const [from = '', to = ''] = pair.split(' ');
      return Array.from(from).length === 1 && Array.from(to).length === 1 ? [[from, to]] : [];
    }),
  );
}
