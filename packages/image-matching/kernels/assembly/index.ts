export { boxBlur5 } from './box-blur';
export { detailsOf, findCells, patternsOf } from './cells';
export { describeCorners, harrisScores, momentsOf } from './corner-shapes';
export { lowFrequencies, stepsOf } from './dct';
export { fastCorners } from './fast-corners';
export { boxOverColumns, transpose } from './jarosz-filter';
export { byteLuma, exactLuma } from './luma';
export { halve, lay, shrink, withoutShades } from './rasters';
export { resizeBilinear } from './resize';

/** The first byte that the kernels don't use themselves. */
export function firstFree(): usize {
  return __heap_base;
}
