/** Two palettes, ink on paper and light on slate. Each pair of text and ground has a contrast of 4.5 or more. */
import { pictureVariables } from '../../picture/draw.ts';

const LIGHT = {
  paper: '#fffdf8',
  ink: '#1c1b19',
  soft: '#5b5750',
  faint: '#e7e2d8',
  panel: '#f7f3ea',
  link: '#1d4f7c',
  mark: '#fff5d1',
  holds: '#1f6a3d',
  fails: '#a3201a',
  undecided: '#7a4f00',
  supposed: '#4b5584',
};

const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  paper: '#15171b',
  ink: '#e6e3dc',
  soft: '#aaa69d',
  faint: '#33363d',
  panel: '#1d2026',
  link: '#8fc1ee',
  mark: '#3a3417',
  holds: '#7fcf9a',
  fails: '#ff9d94',
  undecided: '#e8bd6a',
  supposed: '#b3bdf0',
};

const variables = (palette: Readonly<Record<string, string>>): string =>
  Object.entries(palette)
    .map(([name, value]) => `--${name}:${value};`)
    .join('');

export const COLOURS = `
.everymin{${variables(LIGHT)}${pictureVariables('light')}color-scheme:light}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]) .everymin{${variables(DARK)}${pictureVariables('dark')}color-scheme:dark}}
:root[data-theme=dark] .everymin{${variables(DARK)}${pictureVariables('dark')}color-scheme:dark}
.everymin #graph .edge :is(path,polygon,ellipse){stroke:var(--soft)}
@media print{:root:root .everymin.everymin{${variables(LIGHT)}${pictureVariables('light')}--paper:#fff;--panel:#fff;color-scheme:light}}
`;
