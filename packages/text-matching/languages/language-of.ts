/** Scripts that tell a language, or the one that most who write in them would mean; the narrower come first. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[іїєґ]/iu, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Greek}/u, 'el'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Devanagari}/u, 'hi'],
];

/** The language of a name whose owner didn't say it, by its letters; English for Latin ones. */
export function languageOf(name: string): string {
  return SCRIPTS.find(([script]) => script.test(name))?.[1] ?? 'en';
}
