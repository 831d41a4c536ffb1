/** Remembers short texts in which nothing was found: a creator's name and handle stand in each of their posts. */
const LONGEST = 100;
const MOST = 1 << 15;

export class QuietTexts {
  readonly #texts = new Set<string>();

  has(text: string): boolean {
    return text.length <= LONGEST && this.#texts.has(text);
  }

  add(text: string): void {
    if (text.length > LONGEST) return;
    // Starting afresh costs a scan for each text in use, and needs no order of use.
    if (this.#texts.size >= MOST) this.#texts.clear();
    this.#texts.add(text);
  }
}
