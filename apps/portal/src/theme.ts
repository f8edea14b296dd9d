import { alpha, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

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

/** From text down to ground; Mantine's own dark greys have no hue, and look dirty beside the accent. */
const dark: MantineColorsTuple = [
  '#e4e9ed',
  '#c8d0d7',
  '#a9b4be',
  '#8d99a4',
  '#3a454e',
  '#2f3941',
  '#262f36',
  '#1a2127',
  '#13181d',
  '#0e1216',
];

/** The fonts of the device, so that nothing is fetched from anybody. */
const systemFonts =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';

export const theme = createTheme({
  colors: { signal, dark },
  black: '#15202b',
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
  components: {
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 600 } },
    // A dialog's head is no landmark of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** The colours that badges, quiet buttons and alerts have, and what is written in them on the dark ground. */
const onDark = {
  signal: '#84d3c7',
  red: '#ffa8a1',
  orange: '#ffc078',
  blue: '#a5d0ff',
  gray: '#c8d0d7',
} as const;

/** In the dark Mantine lays white on a shade that can hardly be told from the ground. */
const lightVariantsOnDark = Object.fromEntries(
  Object.entries(onDark).flatMap(([name, color]) => [
    [`--mantine-color-${name}-light`, alpha(color, 0.14)],
    [`--mantine-color-${name}-light-hover`, alpha(color, 0.22)],
    [`--mantine-color-${name}-light-color`, color],
  ]),
);

/** White stands on Mantine's own red with 3.8:1. */
const redButtons = { '--mantine-color-red-filled': '#b42318', '--mantine-color-red-filled-hover': '#912018' };

/** Mantine's own dimmed, red and orange texts stay below WCAG AA on white. Cards are brighter than the page they lie on. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...redButtons,
    '--signalbox-page': '#f3f6f7',
    '--mantine-color-default-border': '#d3dbe0',
    '--mantine-color-dimmed': '#52606d',
    '--mantine-color-placeholder': '#667280',
    '--mantine-color-error': '#b42318',
    '--mantine-color-red-light-color': '#a61b1b',
    '--mantine-color-orange-light-color': '#8a3a04',
  },
  dark: {
    ...redButtons,
    '--signalbox-page': '#11161a',
    '--mantine-color-error': '#ff8f85',
    ...lightVariantsOnDark,
  },
});
