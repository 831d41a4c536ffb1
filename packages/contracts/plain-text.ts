/**
 * Characters that steer a terminal or turn the order of a line: control characters but tab and line breaks, and the marks
 * of direction. Joiners stay, which emoji and several scripts need.
 */
const STEERING = /(?![\t\n\r])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Replaces each such character of a stranger's text by U+FFFD, which is as long: offsets into the text stay true. */
export function withoutSteering(text: string): string {
  return text.replace(STEERING, '\ufffd');
}

/** Writes JSON whose strings hold no such character. */
export function plainJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, part: unknown) => (typeof part === 'string' ? withoutSteering(part) : part),
    indent,
  );
}

/** Writes JSON that holds such characters as escapes: safe to look at, and the same value when it is read. */
export function escapedJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    STEERING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
