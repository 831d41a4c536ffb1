/**
 * Matches one escape of a JSON string at a time, so that the `u0000` after an escaped backslash is no escape. The
 * alternatives: a surrogate pair, which is fine; a null or a lone surrogate; any other escape.
 */
const ESCAPES =
  /\\(?:(u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2})|(u0000|u[dD][89a-fA-F][\da-fA-F]{2})|.)/gs;

/**
 * Replaces U+0000 and lone surrogates, which JSON allows but neither UTF-8 nor Postgres' jsonb can hold. Each becomes
 * U+FFFD, which is as long, so that offsets into the text stay true.
 *
 * @param json - JSON text; anything else comes back with the same mistakes
 */
export function replaceUnstorableEscapes(json: string): string {
  if (!json.includes('\\u')) return json;
  return json.replace(ESCAPES, (escape: string, _pair: string | undefined, unstorable: string | undefined) =>
    unstorable === undefined ? escape : '\\ufffd',
  );
}
