/** Walks over a query from left to right. */
export class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The character that comes next; empty at the end. */
  peek(): string {
    const point = this.text.codePointAt(this.at);
    return point === undefined ? '' : String.fromCodePoint(point);
  }

  take(units: number): string {
    const taken = this.text.slice(this.at, this.at + units);
    this.at += taken.length;
    return taken;
  }

  /** Takes what a sticky pattern matches here; undefined, and nothing taken, where it doesn't. */
  matches(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match === undefined) return undefined;
    return this.take(match.length);
  }

  /** Takes all up to the nearest of the ends, and that end; returns what stands before it. Undefined where none of them comes. */
  until(...ends: readonly string[]): string | undefined {
    const found = ends
      .map((end) => ({ end, at: this.text.indexOf(end, this.at) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    if (found === undefined) return undefined;
    const before = this.take(found.at - this.at);
    this.take(found.end.length);
    return before;
  }
}
