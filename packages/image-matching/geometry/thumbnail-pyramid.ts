import { type Luma } from '../decode/luma.ts';
import { boxBlur5 } from '../features/pyramid.ts';

/** A smaller side leaves nothing to blur. */
const MIN_SIDE_PX = 8;

/** A thumbnail with a lazily blurred copy; the blurred copy attracts an alignment from farther away. */
export class ThumbnailPyramid {
  readonly fine: Luma;
  #blurred: Luma | null = null;

  constructor(fine: Luma) {
    this.fine = fine;
  }

  get blurred(): Luma {
    const isSmall = Math.min(this.fine.width, this.fine.height) < MIN_SIDE_PX;
    this.#blurred ??= isSmall ? this.fine : boxBlur5(boxBlur5(this.fine));
    return this.#blurred;
  }
}
