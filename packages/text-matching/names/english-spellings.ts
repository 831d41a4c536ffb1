/** Words that British and American English spell in two ways, and words that are mostly abbreviated before a name. */
const PAIRS: ReadonlyMap<string, string> = pairsOf(
  'colour=color honour=honor favour=favor flavour=flavor harbour=harbor humour=humor labour=labor neighbour=neighbor rumour=rumor savour=savor ' +
    'vapour=vapor armour=armor splendour=splendor glamour=glamor parlour=parlor theatre=theater centre=center fibre=fiber metre=meter litre=liter ' +
    'lustre=luster sombre=somber spectre=specter sabre=saber calibre=caliber grey=gray aluminium=aluminum jewellery=jewelry pyjamas=pajamas ' +
    'cheque=check tyre=tire mould=mold plough=plow catalogue=catalog dialogue=dialog analogue=analog doughnut=donut licence=license ' +
    'defence=defense cosy=cozy ageing=aging moustache=mustache sceptre=scepter ochre=ocher colours=colors flavours=flavors',
);
const TITLES: ReadonlyMap<string, string> = pairsOf('st=saint mt=mount ft=fort dr=doctor mr=mister');

/** The name with one such word spelled in the other way. A single word is left alone, as the other one is an ordinary word. */
export function englishSpellings(name: string): string[] {
  const words = name.split(/(\s+)/);
  if (words.length === 1) return [];
  return words.flatMap((word, index) => {
    const isLast = index + 1 === words.length;
    const bare = word.replace(/\.$/, '').toLowerCase();
    const other =
      (bare === word.toLowerCase() ? PAIRS.get(bare) : undefined) ?? (isLast ? undefined : TITLES.get(bare));
    return other === undefined ? [] : [words.with(index, other).join('')];
  });
}

function pairsOf(list: string): ReadonlyMap<string, string> {
  return new Map(
    list.split(' ').flatMap((pair): [string, string][] => {
      const [one = '', other = ''] = pair.split('=');
      return [
        [one, other],
        [other, one],
      ];
    }),
  );
}
