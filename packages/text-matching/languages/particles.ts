/** Korean particles and verb ends, which stand behind a noun as one word with it. */
import { hangulLetters } from '../fold/hangul.ts';

const PARTICLES =
  '은 는 이 가 을 를 의 에 에서 에게 한테 께 와 과 도 만 로 으로 랑 이랑 하고 부터 까지 처럼 보다 에서는 에서도 에는 에도 에만 로는 으로는 까지도 만의 이나 나 이라는 라는 이라고 라고 이에요 예요 이다 입니다 들 들이 들은 들을';
/** Polite ends of the verbs that a noun makes: 출시하다 is "to launch". */
const VERBS =
  '합니다 했습니다 하였습니다 합니까 하겠습니다 하세요 하셨어요 했어요 됩니다 됐습니다 되었습니다 되나요 됐어요 였습니다 이었습니다';

/** What stands behind a noun as one word with it, in the letters that a folded text has. */
export const KOREAN_PARTICLES: readonly string[] = `${PARTICLES} ${VERBS}`.split(' ').map(lettersOf);

function lettersOf(syllables: string): string {
  const letters = new Int32Array(3);
  return Array.from(syllables, (syllable) => {
    hangulLetters(syllable.charCodeAt(0), letters);
    return String.fromCharCode(...letters.filter((letter) => letter !== 0));
  }).join('');
}
