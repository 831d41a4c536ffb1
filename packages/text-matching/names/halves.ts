/** A Han name with a particle between its halves: 流光的面霜, 流光の面霜 for 流光面霜. */

const PARTICLES = ['的', 'の', '之'];
/** A shorter name has halves of one sign, which such a particle joins in any sentence. */
const FEWEST_SIGNS = 4;
const MOST_SIGNS = 8;

export function partedHalves(name: string): string[] {
  if (!/^\p{Script=Han}+$/u.test(name)) return [];
  const signs = Array.from(name);
  if (signs.length % 2 !== 0 || signs.length < FEWEST_SIGNS || signs.length > MOST_SIGNS) return [];
  return PARTICLES.map((particle) => signs.toSpliced(signs.length / 2, 0, particle).join(''));
}
