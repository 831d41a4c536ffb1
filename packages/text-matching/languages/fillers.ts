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
and or of de la le les du des da do di del der die das den dem und y e et
neue neuen neuer neues ganz sehr wirklich echt mein meine unser unsere
nuevo nueva nuevos nuevas muy gran nuestro nuestra mi mis tu su el los las
nouveau nouvelle nouveaux nouvelles tres notre mon ma mes vraiment tout toute
nuovo nuova nuovi nuove molto nostro nostra mio mia
novo nova novos novas muito nosso nossa meu minha
новый новая новое новые новую самый самая самое очень наш наша наше мой моя мое этот эта это
yeni en cok bizim benim bu
nieuwe heel erg onze mijn
`;

const hashes = new Set<number>(hashAll());

/** True if the word with this hash may stand inside a name. */
export function isFillerWord(hash: number): boolean {
  return hashes.has(hash);
}

function hashAll(): number[] {
  return FILLERS.split(/\s+/).map((word) => {
    const { symbols, length } = foldText(word);
    return hashWord(symbols, 0, length);
  });
}
