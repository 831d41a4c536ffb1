import { type Luma } from '../decode/luma.ts';
import { boxBlur5 } from '../features/pyramid.ts';

/** Below this side there is nothing to blur. */
const MIN_SIDE_PX = 8;

/** A thumbnail and a blurred copy of it, made when it is first asked for: the blurred one draws an alignment from further away. */
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
