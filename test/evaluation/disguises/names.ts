/** Invented names to disguise. None of them is a brand's, and none stands in another set of this repository. */
export interface DisguisedTerm {
  readonly id: string;
  readonly text: string;
  readonly kind: 'product' | 'codename' | 'sku' | 'hashtag' | 'price' | 'date';
  readonly lang: string;
}

const PRODUCTS = [
  ...[
    'Quarrel Moss',
    'Vantage Willow',
    'Perihelion Cream',
    'Thornapple',
    'Marrowgate',
    'Silverlatch',
    'Emberquill',
  ],
  ...[
    'Ocelot Nine',
    'Tallow & Fern',
    'Saint Aubrey Mist',
    'Cobalt Heron Palette',
    'Lakeshore Velvet Body Oil',
  ],
  ...[
    'Ventoria',
    'Zimborra',
    'Palindra',
    'Orrinel',
    'Kessavine',
    'Drumlin 7',
    'Auric Sun Veil',
    'Brightmoor Satchel',
  ],
  ...[
    'Wrenfield Boots',
    'Nettle Court',
    'Cinnabar Loop',
    'r4in kit',
    'Mk Halberd III',
    'Gullwing Edition Two',
  ],
] as const;
const CODENAMES = [
  'Project Albatross',
  'Operation Thimblerig',
  'Stonemarten',
  'Harrowdene',
  'Falconbridge',
] as const;
const OTHER: readonly DisguisedTerm[] = [
  { id: 'n50', text: 'RT8-Q05', kind: 'sku', lang: 'en' },
  { id: 'n51', text: 'WZB-30-8841', kind: 'sku', lang: 'en' },
  { id: 'n52', text: '#TealDoor31', kind: 'hashtag', lang: 'en' },
  { id: 'n53', text: 'Lumière Ardente', kind: 'product', lang: 'fr' },
  { id: 'n54', text: 'Sternenkleid', kind: 'product', lang: 'de' },
  { id: 'n55', text: 'Каменный Цвет', kind: 'product', lang: 'ru' },
  { id: 'n56', text: '夜桜セラム', kind: 'product', lang: 'ja' },
  { id: 'n57', text: '달그림자 크림', kind: 'product', lang: 'ko' },
  { id: 'n58', text: '星河乳霜', kind: 'product', lang: 'zh' },
  { id: 'n59', text: 'زهرة الليل', kind: 'product', lang: 'ar' },
  { id: 'n60', text: '$67', kind: 'price', lang: 'en' },
  { id: 'n61', text: '2031-04-09', kind: 'date', lang: 'en' },
];

export const DISGUISED_TERMS: readonly DisguisedTerm[] = [
  ...PRODUCTS.map((text, n) => ({
    id: `n${String(n).padStart(2, '0')}`,
    text,
    kind: 'product' as const,
    lang: 'en',
  })),
  ...CODENAMES.map((text, n) => ({ id: `n${40 + n}`, text, kind: 'codename' as const, lang: 'en' })),
  ...OTHER,
];
