import { disclosureTags, type Disclosure } from '@leakwatch/contracts';

/** Returns true if a post's searchable text says that it is advertising. */
export type DisclosureCheck = (text: string) => boolean;

/**
 * Looks for any of a campaign's tags as a whole: `#ad` is neither in `#adventure` nor in `ad`, but the word `Werbung` is in `#Werbung`.
 * Letter case, accents, compatible letter forms, invisible characters and the length of white space do not matter.
 */
export function compileDisclosure(disclosure: Disclosure): DisclosureCheck {
  const tags = disclosureTags(disclosure).map((tag) => fold(tag).trim().replace(SYNTAX, '\\$&'));
  // An alternation of literals between two boundaries takes linear time on any text.
  const anyTag = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${tags.join('|')})(?![\\p{L}\\p{N}_])`, 'u');
  return (text) => anyTag.test(fold(text));
}

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ');
}
