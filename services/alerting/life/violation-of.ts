import { type Detection, type Violation } from '@leakwatch/contracts';

/** What a detection is taken for, until somebody has looked. */
export function violationOf({ evidence }: Detection): Violation {
  return evidence.kind === 'asset' ? 'leaked-image' : 'early-post';
}
