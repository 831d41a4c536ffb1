/**
 * Scans honest text of many languages. It holds none of the names, so every hit is false.
 *
 * Run: `npx tsx packages/text-matching/bench/scan-honest-text.ts --terms FILE.json [--locale DIR]`
 * (`DIR`: gettext catalogues of translated programs; default: those of the system)
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { TermSchema } from '@leakwatch/contracts';
import { z } from 'zod';
import { compileTextMatcher } from '../index.ts';
import { readTranslations } from './read-translations.ts';

const LANGUAGES = [
  'ru',
  'uk',
  'bg',
  'el',
  'tr',
  'de',
  'fr',
  'es',
  'pl',
  'ja',
  'ko',
  'zh_CN',
  'th',
  'ar',
  'hi',
  'he',
];

const { values } = parseArgs({
  options: { terms: { type: 'string' }, locale: { type: 'string', default: '/usr/share/locale' } },
});
if (values.terms === undefined) throw new Error('name the terms: --terms FILE.json');
const terms = z.array(TermSchema).parse(JSON.parse(readFileSync(values.terms, 'utf8')));
const { matcher } = compileTextMatcher(terms.map((term) => ({ campaignId: 'honest', term })));

for (const language of LANGUAGES) {
  const sentences = readTranslations(values.locale, language);
  const hits = sentences.flatMap((sentence) => matcher.match(sentence).map((match) => ({ sentence, match })));
  console.log(
    `${language.padEnd(6)} ${String(sentences.length).padStart(7)} sentences, ${hits.length} false hits`,
  );
  for (const { sentence, match } of hits.slice(0, 5)) {
    console.log(
      `  ${match.itemId} by ${match.how.join('+')}: ${JSON.stringify(match.matched)} in ${JSON.stringify(sentence.slice(0, 120))}`,
    );
  }
}
