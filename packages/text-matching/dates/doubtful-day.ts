/** A number beside a month's name that is another word too: `we may 5 of us`, `march 12 miles`. */

const DOUBTFUL = /(?<![\p{L}\p{M}])(may|march|mar|mars)(?![\p{L}\p{M}])(\.?)/iu;
const SURE = /\d(?:st|nd|rd|th)(?!\p{L})|\sof\s|\sde\s|\d{4}/iu;
const CUE =
  /(?:^|[^\p{L}])(?:on|by|until|till|before|after|from|since|launch|launches|launching|drops?|dropping|out|live|the|this|next|is|am|le|du|au|el|den|il|dal)[\s:]+$/iu;
const SENTENCE_START = /(?:^|[.!?…\n])["'“‘(\s]*$/u;
const GOES_ON =
  /^(?:["'”’)]*(?:$|[^\p{L}\p{N}\s'’%‰°€$£¥+])|\s*\n|\s+(?:at|for|in|we|and|or|is|will|with|to|from|until|the|it|i|they|everywhere|worldwide|only|as|when|if|-)(?!\p{L})|\s*(?:[^\p{L}\p{N}\s%‰°€$£¥+]|$))/iu;
const YEAR = /^[,.]?\s?(?:de\s|of\s)?(?:\d{4}(?!\d)|['’]\d{2}(?!\d))/u;

/** True if the text from `from` to `to` is a day, and not a word and a number. */
export function isSaidAsDay(text: string, from: number, to: number): boolean {
  const written = text.slice(from, to);
  const word = DOUBTFUL.exec(written);
  if (word === null) return true;
  const behind = text.slice(to, to + 20);
  if (SURE.test(written) || YEAR.test(behind)) return true;
  // `May` has no shorter form, so a stop after it ends a sentence.
  if (word[2] === '.' && /^(?:may|march|mars)$/iu.test(word[1]!)) return false;
  const ahead = text.slice(Math.max(0, from - 20), from);
  if (CUE.test(ahead)) return true;
  const isCapital = /\p{Lu}/u.test(word[1]!) && !(word.index === 0 && SENTENCE_START.test(ahead));
  return isCapital || GOES_ON.test(behind);
}
