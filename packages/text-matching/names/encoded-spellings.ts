/** A name in base64 or ROT13. Only terms whose policy asks for it have such spellings. */

/** A shorter name gives a string that other text may hold by chance. */
const SHORTEST = 6;
const HALF = 13;

export function encodedSpellings(name: string): string[] {
  if (Array.from(name.matchAll(/[\p{L}\p{N}]/gu)).length < SHORTEST) return [];
  const written = new Set([name, name.toLowerCase(), name.toUpperCase()]);
  const encoded = Array.from(written, (text) =>
    Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, ''),
  );
  const turned = rotated(name);
  return turned === name ? encoded : [...encoded, turned];
}

function rotated(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter < 'a' ? 65 : 97;
    return String.fromCharCode(first + ((letter.charCodeAt(0) - first + HALF) % (2 * HALF)));
  });
}
