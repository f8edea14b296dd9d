import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent. White stands on shade 7 and darker with a contrast of 5.4:1 and more (WCAG AA asks for 4.5:1). */
const signal: MantineColorsTuple = [
  '#effaf8',
  '#d9f2ee',
  '#b0e3db',
  '#84d3c7',
  '#5cbfb1',
  '#3ba699',
  '#22897e',
  '#14776d',
  '#0d665e',
  '#08514b',
];

/** The fonts of the device, so that nothing is fetched from anybody. */
const systemFonts =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';

export const theme = createTheme({
  colors: { signal },
  primaryColor: 'signal',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  fontFamily: systemFonts,
  headings: {
    fontFamily: systemFonts,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.35' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Mantine's own dimmed and red texts stay below WCAG AA on white. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfcfc',
    '--mantine-color-dimmed': '#52606d',
    '--mantine-color-placeholder': '#667280',
    '--mantine-color-error': '#b42318',
  },
  dark: {
    '--mantine-color-body': '#14181b',
    '--mantine-color-dimmed': '#a9b4be',
    '--mantine-color-placeholder': '#8d99a4',
    '--mantine-color-error': '#ff8f85',
  },
});
