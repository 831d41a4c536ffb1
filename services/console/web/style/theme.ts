import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The accent from light to dark. Index 6 is the light theme's colour, index 4 the dark theme's. */
const ACCENT: MantineColorsTuple = [
  '#edf0ff',
  '#dbe1ff',
  '#bac6ff',
  '#a3b3ff',
  '#8da2ff',
  '#5f78e8',
  '#3b5bdb',
  '#3350c2',
  '#2b44a8',
  '#22378a',
];

/** The greys of the dark theme, from text to the deepest ground, as style/tokens.css has them. */
const DARK: MantineColorsTuple = [
  '#e8ecf1',
  '#c3cad4',
  '#a9b4c2',
  '#95a1b2',
  '#465061',
  '#2a303a',
  '#171b21',
  '#13171c',
  '#0f1216',
  '#0b0d10',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent: ACCENT, dark: DARK },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 8,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '15px', xl: '17px' },
  respectReducedMotion: true,
  // The page itself never scrolls, and the lock would write a style element without a nonce.
  components: { Modal: { defaultProps: { lockScroll: false } } },
  cursorType: 'pointer',
});
