export * from './compile-watch-list.ts';
export * from './describe-detection.ts';
export * from './find-disclosure.ts';
export * from './match-fingerprint.ts';
export * from './post-text.ts';
export * from './refresh-assets.ts';
export * from './register-watch-list.ts';
export * from './thread-memory.ts';
export { megabytesForTerms } from './room-for-terms.ts';
