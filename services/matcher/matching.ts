export { compileWatchList, EMPTY_WATCH_LIST } from '@leakwatch/matching';
