/** Words that Arabic and Hebrew write as one with the word after them: "and", "with", "to", "the". Written folded. */

const ARTICLE = 'ال';
const ARABIC = 'و ف ب ل ك وب ول وك فب فل فك';
const HEBREW = 'ה ו ב ל מ ש כ וה וב ול ומ וש שה שב של מה כש לכש בה';

/** A word with each prefix of its language; none for most languages. */
export function prefixedForms(word: string, language: string): string[] {
  const code = language.toLowerCase().split(/[-_]/, 1)[0];
  if (code === 'he') return HEBREW.split(' ').map((prefix) => prefix + word);
  if (code !== 'ar') return [];
  const isDefinite = word.startsWith(ARTICLE);
  const bare = isDefinite ? word.slice(ARTICLE.length) : word;
  const whole = `${ARTICLE}${bare}`;
  // After ل the article loses its alif: لل.
  const definite = ARABIC.split(' ').map((prefix) =>
    prefix.endsWith('ل') ? `${prefix}ل${bare}` : prefix + whole,
  );
  if (isDefinite) return definite;
  return [...ARABIC.split(' ').map((prefix) => prefix + word), whole, ...definite];
}
