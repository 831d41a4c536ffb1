/**
 * Look-alikes that Unicode's table of confusables lacks: small capitals, letters upside down, the alphabets of "fancy text" pages, and
 * digits and signs used as letters. Compiled by hand from Unicode's charts.
 */

/** Latin letters drawn small or with a twist. Posts use them for no other letter. */
export const LATIN_LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'ᴀɑⱥȺ',
  b: 'ʙɓƀɃᵬ',
  c: 'ᴄƈȼȻↄ',
  d: 'ᴅɗđĐᴆð',
  e: 'ᴇɛɇɆəℯ℮',
  f: 'ꜰƒᵮ',
  g: 'ɢɡɠǥǤ',
  h: 'ʜɦħĦⱨⱧ',
  i: 'ɪıɨƗᵻɩ',
  j: 'ᴊȷɉɈʝ',
  k: 'ᴋƙĸⱪⱩ',
  l: 'ʟłŁɭƚⱠⱡ',
  m: 'ᴍɱᵯ',
  n: 'ɴɲŋŊɳᵰ',
  o: 'ᴏøØɵƟ',
  p: 'ᴘƥᵽⱣþÞ',
  q: 'ꞯɋɊʠ',
  r: 'ʀɍɌɽⱤɼᵲ',
  s: 'ꜱʂᵴ',
  t: 'ᴛŧŦƭȾⱦ',
  u: 'ᴜʉɄᵾ',
  v: 'ᴠʋⱱ',
  w: 'ᴡɯⱳ',
  y: 'ʏɏɎƴ',
  z: 'ᴢƶƵʐⱬⱫᵶ',
};

/** Letters upside down. The pages that make them also reverse the text. */
export const TURNED_LETTERS: Readonly<Record<string, string>> = {
  a: 'ɐⱯ∀',
  b: 'ꓭ',
  c: 'ɔƆ',
  e: 'ǝƎ',
  f: 'ɟℲ',
  g: 'ƃᵷ⅁',
  h: 'ɥ',
  i: 'ᴉ',
  j: 'ɾ',
  k: 'ʞ',
  l: 'ꞁ⅂Ꞁʅ',
  m: 'ɯꟽƜ',
  p: 'Ԁ',
  r: 'ɹᴚ',
  t: 'ʇꞱ⊥',
  u: '∩',
  v: 'ʌɅ',
  w: 'ʍ',
  y: 'ʎ⅄',
};

/**
 * Letters of other scripts, and signs, that are used for a Latin letter. Each is a branch in the scan and not a fold, because a Russian
 * `в` is not a `b`. Lower-case twins of capital homoglyphs (к м т в н) are included.
 */
export const BRANCHING_LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: '@4^αаᗩᎪ卂ค₳ДдλΛ∆Δ△ＡሀልᏗǟ🔺',
  b: '86ßвБЬьъβ฿ᗷᏴ乃๒ᏰҌ',
  c: '(<{[¢©сСϲς₵ᑕᏟ匚☾⊂੮ፈᏨ',
  d: 'ԁᗪᎠ∂δ๔ᎴↁÐĐ',
  e: '3€еЕёεЄєξΣᗴᎬ乇₤ҽєЗэℰ£∈ᏋⲈ',
  f: 'ƒғᖴ千ቻϜ₣',
  g: '96&ɢԍᎶᏀᏳ₲Ԍ',
  h: '#нНҺһηᕼᎻ卄ђнᏂ',
  i: '1!|łŁíіІιΙ丨เǃ¡ӏᎥ⏐│❘їЇ',
  j: 'јЈϳᒍᎫנフﾌڶ',
  k: 'кКκΚҜқᏦ₭Ⲕ',
  l: '1|!£7Ӏӏ丨ㄥᒪᏞ₤լﺎ',
  m: 'мМΜ爪๓ᗰᎷ₥Ϻ',
  n: 'пПηηиИΝภ几ᑎ₦лЛӣที',
  o: '0оОοΟσΩΘθ○●◯⭕◎⊙☉◉٥๏ㄖᗝᎾ¤°⚪⚫🔴🔵🟠🟡🟢🟣⚽🏀🌕🌑Фф〇סօዐ',
  p: 'рРρΡ卩ᑭᏢק₱',
  q: '9ԛᑫợℚᎤ',
  r: 'яЯгГᎡᖇ尺®г尺',
  s: '5$§ѕЅᔕᏚ丂₴ṩคՏ',
  t: '7+†тТτΤᎢㄒㄧ₮ፕ',
  u: 'υμµцЦยᑌㄩ∪սԱน',
  v: 'νѵѴᐯᏙ√∨✓✔',
  w: 'шШщЩωᗯᎳ山₩ฬѡԝ',
  x: '×хХχΧ乂✕✖❌✗✘⨯ӼӾӿ',
  y: '¥уУүγΥץㄚᎩצұ',
  z: '2ζΖᘔᏃ乙Ȥʒ',
  '1': 'lLiI|!',
  '0': 'oO○●⭕',
  '2': 'zZ',
  '3': 'eEзЗ',
  '4': 'aA@',
  '5': 'sS$',
  '6': 'bб',
  '7': 'tT',
  '8': 'bB&',
  '9': 'gq',
};
