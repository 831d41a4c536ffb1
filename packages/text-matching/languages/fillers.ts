/**
 * Words that people insert into a name without changing its meaning: determiners, intensifiers, and adjectives of newness and praise
 * ("the Velora brand new Mist"). Any other word inside makes a different phrase.
 */
import { foldText } from '../fold/fold-text.ts';
import { hashWord } from '../hashing/word-hash.ts';

const FILLERS = `
a an the this that these those my our your his her their its some any every each all both
very so such too really truly super ultra extra totally absolutely literally actually finally just even still almost quite pretty
own brand new newest upcoming latest next first last second original official limited edition exclusive special secret unreleased early
fresh hot cool big bigger biggest little tiny mini small huge full whole entire real actual legit true
amazing awesome beautiful gorgeous stunning perfect lovely cute pretty sweet nice great good best better favorite favourite fave fav
incredible insane crazy wild epic iconic legendary fabulous fantastic magical dreamy glowy viral famous infamous
damn freaking frickin fucking bloody god holy goddamn lil ol old older young
of de la le les du des da do di del der die das den dem
neue neuen neuer neues ganz sehr wirklich echt mein meine unser unsere
nuevo nueva nuevos nuevas muy gran nuestro nuestra mi mis tu su el los las
nouveau nouvelle nouveaux nouvelles tres notre mon ma mes vraiment tout toute
nuovo nuova nuovi nuove molto nostro nostra mio mia
novo nova novos novas muito nosso nossa meu minha
новый новая новое новые новую самый самая самое очень наш наша наше мой моя мое этот эта это
yeni en cok bizim benim bu
nieuwe heel erg onze mijn
`;

/** Between two ordinary words they make a list of two things, not a name: `copper and kite`. */
const CONJUNCTIONS = 'and or und oder y e et ou и или ve en og och';

const conjunctions = new Set<number>(hashesOf(CONJUNCTIONS));
const hashes = new Set<number>([...hashesOf(FILLERS), ...conjunctions]);

/** True if the word with this hash may stand inside a name. */
export function isFillerWord(hash: number): boolean {
  return hashes.has(hash);
}

export function isConjunction(hash: number): boolean {
  return conjunctions.has(hash);
}

function hashesOf(words: string): number[] {
  return words.split(/\s+/).map((word) => {
    const { symbols, length } = foldText(word);
    return hashWord(symbols, 0, length);
  });
}
