export { backOffMs, type BackOff } from './back-off.ts';
export { inSlices, mapInSlices } from './in-slices.ts';
export { startLoop, type Loop, type LoopOptions } from './loop.ts';
export { pause } from './pause.ts';
export { retry, type RetryOptions } from './retry.ts';
