import { useMantineColorScheme } from '@mantine/core';

const SCHEMES = ['auto', 'light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];

/** The chosen colours and the way to the next choice. */
export function useSchemeCycle(): { scheme: Scheme; next: () => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = SCHEMES[(SCHEMES.indexOf(colorScheme) + 1) % SCHEMES.length] ?? 'auto';
  return { scheme: colorScheme, next: () => setColorScheme(next) };
}
