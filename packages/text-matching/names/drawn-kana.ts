/** Spellings of a Japanese name with letters that look like its own: 卜 for ト, 力 for カ. A name without such letters has none. */
import { type FoldedText } from '../fold/folded-text.ts';
import { type NameForm } from './name-form.ts';

/** A kana and the Han character or Hangul letter that looks like it. */
const LOOK_ALIKES = 'ト卜 トㅏ カ力 ロ口 ニ二 エ工 タ夕 ハ八 チ千 オ才 ミ三 ノ丿 ム厶 ヌ又 イ亻 ー一 リ刂';
const MOST_SPELLINGS = 32;

const alikeOf = new Map<string, string[]>();
for (const [one = '', other = ''] of LOOK_ALIKES.split(' ').map((pair) => Array.from(pair))) {
  alikeOf.set(one, [...(alikeOf.get(one) ?? []), other]);
  alikeOf.set(other, [...(alikeOf.get(other) ?? []), one]);
}

/** Each letter drawn alone, and every choice of letters drawn wherever they stand. */
export function drawnKana(name: string): string[] {
  if (!/[\p{Script=Katakana}ー]/u.test(name)) return [];
  const letters = Array.from(name.normalize('NFC'));
  const singles = letters.flatMap((letter, at) =>
    (alikeOf.get(letter) ?? []).map((alike) => letters.with(at, alike).join('')),
  );
  let spellings = [letters];
  for (const letter of new Set(letters)) {
    const choices = [letter, ...(alikeOf.get(letter) ?? [])];
    if (spellings.length * choices.length > MOST_SPELLINGS) continue;
    spellings = spellings.flatMap((before) =>
      choices.map((choice) => before.map((own, at) => (letters[at] === letter ? choice : own))),
    );
  }
  const own = letters.join('');
  return [...new Set([...singles, ...spellings.map((spelling) => spelling.join(''))])].filter(
    (spelling) => spelling !== own,
  );
}

/** True if the text has the look of a drawn spelling: a hiragana か is no 力, though it folds as カ does. */
export function hasSameLook(text: FoldedText, form: NameForm, path: Int32Array): boolean {
  return form.points.every((point, place) => {
    const at = path[place]!;
    const wanted = String.fromCodePoint(point);
    if (at < 0 || !alikeOf.has(wanted)) return true;
    return String.fromCodePoint(text.pointAt(at)).normalize('NFKC') === wanted.normalize('NFKC');
  });
}
