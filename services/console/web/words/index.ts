import { en, type Words } from './en.ts';

/** Every text of the console. A translation is a file beside `en.ts` of the same type. */
export const words: Words = en;
