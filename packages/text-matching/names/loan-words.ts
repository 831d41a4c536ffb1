/** Words that Japanese and Hindi took from English, as they stand in names of products. */
const LOANS =
  'パレット,पैलेट=palette クリーム,क्रीम=cream ミスト,मिस्ट=mist リップ=lip リップスティック,लिपस्टिक=lipstick セラム,सीरम,सेरम=serum マスク,मास्क=mask ブラシ,ब्रश=brush ' +
  'グロス,ग्लॉस=gloss バーム,बाम=balm オイル,ऑयल=oil ローション,लोशन=lotion シャンプー,शैम्पू=shampoo トナー,टोनर=toner ジェル,जेल=gel パウダー,पाउडर=powder ' +
  'チーク=cheek ブラッシュ,ब्लश=blush ライナー,लाइनर=liner マスカラ,मस्कारा=mascara シャドウ=shadow ファンデーション,फाउंडेशन=foundation プライマー,प्राइमर=primer ' +
  'クレンザー,क्लींजर=cleanser スクラブ,स्क्रब=scrub ソープ,सोप=soap ティント,टिंट=tint ネイル,नेल=nail パフューム,परफ्यूम=perfume キャンドル,कैंडल=candle ' +
  'コレクション,कलेक्शन=collection ボックス,बॉक्स=box キット,किट=kit セット,सेट=set エディション,एडिशन=edition プロ,प्रो=pro プラス,प्लस=plus ミニ,मिनी=mini ' +
  'バッグ,बैग=bag シューズ,शूज=shoes ウォッチ,वॉच=watch カメラ,कैमरा=camera スピーカー,स्पीकर=speaker フォン,फोन=phone パッド,पैड=pad ドリンク,ड्रिंक=drink ' +
  'ケーキ,केक=cake クッキー,कुकी=cookie チョコ=choco チョコレート,चॉकलेट=chocolate コーヒー,कॉफी=coffee ティー=tea ソーダ,सोडा=soda スプレー,स्प्रे=spray';

const englishOf: ReadonlyMap<string, string> = new Map(
  LOANS.split(' ').flatMap((row) => {
    const [words = '', english = ''] = row.split('=');
    return words.split(',').map((word): [string, string] => [word.normalize('NFC'), english]);
  }),
);

/** The English word that a word in kana or Devanagari comes from. */
export function loanWord(word: string): string | undefined {
  return englishOf.get(word.normalize('NFC'));
}
