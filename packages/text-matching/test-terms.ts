/** Tries each term on its own text, and on the forms in which people use it, so that an owner learns what would not be found. */
import { compileTextMatcher } from './compile-matcher.ts';
import { type TermsPart, type TextMatcher } from './text-match.ts';
import { type TermWarning } from './terms/term-error.ts';
import { type TextItem } from './terms/text-item.ts';

export interface TermTest {
  /** Terms that are not found even in their own text. */
  readonly refusals: readonly TermWarning[];
  /** Terms that are not found in a usual form. */
  readonly warnings: readonly TermWarning[];
}

interface UsualForm {
  readonly name: string;
  readonly text: string;
}

/** Policy keys by which an owner gives up forms of a name on purpose. */
const NARROWING = ['allow', 'forbid', 'boundary', 'inflection', 'caseSensitive', 'minConfidence'];
const NAMES = new Set<string>(['product', 'codename', 'phrase']);

/** Boolean queries are left out: compiling refuses one that no post can meet. Translations are left out too. */
export function testTerms(parts: Iterable<TermsPart>): TermTest {
  const refusals: TermWarning[] = [];
  const warnings: TermWarning[] = [];
  for (const part of parts) {
    for (const item of part.items) {
      if (item.isTranslation === true) continue;
      const { campaignId, term } = item;
      const tell = (list: TermWarning[], message: string) =>
        list.push({ campaignId, itemId: term.id, message });
      if (!isFound(part.matcher, item, term.text)) {
        tell(refusals, `\`${term.text}\` is not found even in its own text; ${reasonOf(item)}`);
        continue;
      }
      const lost = usualForms(item).filter(({ text }) => !isFound(part.matcher, item, text));
      if (lost.length > 0) {
        const forms = lost.map(({ name, text }) => `${name} (\`${text}\`)`).join(', ');
        tell(warnings, `\`${term.text}\` is not found ${forms}`);
      }
    }
  }
  return { refusals, warnings };
}

function isFound(matcher: TextMatcher, { campaignId, term }: TextItem, text: string): boolean {
  const post = [text, ...requiredOf(term.policy)].join('\n\n');
  return matcher.match(post).some((match) => match.itemId === term.id && match.campaignId === campaignId);
}

/** The first phrase that a policy requires beside the term. */
function requiredOf(policy: TextItem['term']['policy']): string[] {
  const phrases: unknown = policy?.require;
  return Array.isArray(phrases) ? phrases.slice(0, 1).filter((phrase) => typeof phrase === 'string') : [];
}

function usualForms({ term }: TextItem): UsualForm[] {
  const { text, kind = 'product', lang = 'en', policy = {} } = term;
  const forms = [{ name: 'in a sentence', text: `so it will be ${text} apparently` }];
  if (NARROWING.some((key) => key in policy)) return forms;
  const mayEndInParticle = kind === 'price' ? /[\p{L}\p{M}\p{N}\p{Sc}]$/u : /[A-Za-z0-9가-힣]$/u;
  if (kind !== 'date' && mayEndInParticle.test(text))
    forms.push({ name: 'with a Korean particle', text: `오늘 ${text}는` });
  if (
    NAMES.has(kind) &&
    /^en(?![a-z])/iu.test(lang) &&
    /[A-Za-z]{3}[a-rt-w]$/u.test(text) &&
    /\p{Lu}/u.test(text)
  )
    forms.push({ name: 'as a plural', text: `two ${text}s` });
  const joined = text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  if (kind !== 'price' && kind !== 'date' && /\p{L}/u.test(text))
    forms.push({ name: 'as a hashtag', text: `new #${joined}` });
  return forms;
}

/** The key of the policy that rejects a term's own text, if it is one key alone. */
function reasonOf(item: TextItem): string {
  const { policy = {} } = item.term;
  const key = Object.keys(policy).find((name) => {
    const rest = Object.fromEntries(Object.entries(policy).filter(([other]) => other !== name));
    const lenient = { ...item, term: { ...item.term, policy: rest } };
    return isFound(compileTextMatcher([lenient]).matcher, lenient, item.term.text);
  });
  return key === undefined
    ? 'write the name as people write it'
    : `\`policy.${key}\` rejects it, so change that`;
}
