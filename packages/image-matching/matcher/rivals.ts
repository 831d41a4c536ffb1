import { type Region } from '@leakwatch/contracts';
import { type FrameFinding } from './frame-finding.ts';

/** Least common share of two places, of all that either takes, at which two assets claim the same part of a picture. */
const SAME_PLACE = 0.4;
/** A rival with so many times the agreeing features explains the part better: the picture shows it, not its sibling. */
const CLEARLY_MORE = 1.6;
/** The same for a public picture, because it is no leak where both explain the part about as well. */
const PUBLIC_MORE = 1.2;

/**
 * Tells whether a finding claims a part of the picture that another asset explains clearly better. One without features, as of
 * a picture with little detail, can't be compared.
 */
export function isOutdone(
  { inliers }: FrameFinding,
  rivals: readonly FrameFinding[],
  isCleared: (asset: number) => boolean,
): boolean {
  return (
    inliers > 0 &&
    rivals.some((rival) => rival.inliers >= inliers * (isCleared(rival.asset) ? PUBLIC_MORE : CLEARLY_MORE))
  );
}

/** Findings of other assets in about the same place. */
export function rivalsOf(finding: FrameFinding, others: readonly FrameFinding[]): FrameFinding[] {
  return others.filter(
    (other) =>
      other.asset !== finding.asset &&
      other.frame === finding.frame &&
      commonShare(boundsOf(other.region), boundsOf(finding.region)) >= SAME_PLACE,
  );
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function boundsOf(outline: Region): Bounds {
  const [x, y] = [outline.map(([one]) => one), outline.map(([, one]) => one)];
  return { left: Math.min(...x), top: Math.min(...y), right: Math.max(...x), bottom: Math.max(...y) };
}

function commonShare(one: Bounds, other: Bounds): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (areaOf(one) + areaOf(other) - width * height);
}

function areaOf({ left, top, right, bottom }: Bounds): number {
  return (right - left) * (bottom - top);
}
