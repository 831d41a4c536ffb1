/** Endings that stand behind one another, in languages that build words so. Written folded, without diacritics. */

/** Every choice of one ending from each list, in order. An empty ending is written `-`. */
function chains(...lists: string[]): string[] {
  return lists.reduce<string[]>(
    (heads, list) => heads.flatMap((head) => endings(list).map((ending) => head + ending)),
    [''],
  );
}

function endings(list: string): string[] {
  return list.split(' ').map((ending) => (ending === '-' ? '' : ending));
}

const FINNISH_CASES =
  '- n t a ta tta na ssa sta lla lta lle ksi en in an on un yn hin hen han hon een seen i ia ja ien jen iden itten ita issa ista iin ihin illa ilta ille iksi ina';
const FINNISH_CLITICS = '- kin kaan han ko pa';
const FINNISH = [
  ...chains(FINNISH_CASES, FINNISH_CLITICS),
  ...chains('- ssa lla sta lta', 'ni si nsa mme nne'),
];
const TURKISH_CASES = 'i yi u yu a e ya ye da de ta te dan den tan ten in un nin nun la le yla yle';
const TURKISH = [
  ...endings(TURKISH_CASES),
  ...chains('lar ler', '- i a e da de dan den in la le im imi imiz imizi imizin imizda imizde'),
  ...chains(
    'im i si imiz um u su umuz m miz',
    '- a e i in un u na ne ni nin nda nde ndan nden da de dan den la le',
  ),
  ...chains('- da de', 'ki'),
];

/** The language of each chain: what a word loses, and what it takes instead. */
export const CHAINS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  fi: [
    ['nen', chains('se', FINNISH_CASES, FINNISH_CLITICS).join(' ')],
    ['', written(FINNISH)],
  ],
  tr: [
    ['k', written(TURKISH.filter((ending) => /^[aeiu]/.test(ending)).map((ending) => `g${ending}`))],
    ['', written(TURKISH)],
  ],
};

function written(list: readonly string[]): string {
  return [...new Set(list)].filter((ending) => ending !== '').join(' ');
}
