import { leastContrast, mixed, shadeFor } from '@openbeian/model/colour';

/** What the console writes on in its light theme, and in its dark one: paper, raised, ground (`tokens.css` of the console). */
export const lightGrounds = ['#ffffff', '#f8faf9', '#f3f5f4'] as const;
const darkGrounds = ['#1e2b30', '#172226', '#10181b'] as const;

/** The console's custom properties for one main colour, as the style sheet of both themes. */
export function styleOf(primary: string): string {
  return `:root{${lightTokens(primary)}}@media screen{:root[data-theme="dark"]{${darkTokens(primary)}}}@media print{:root{--brand:#000;--brand-ink:#000;--brand-wash:#fff}}`;
}

function lightTokens(primary: string): string {
  const wash = mixed(primary, '#ffffff', 0.9);
  const brand = shadeFor(primary, '#000000', [...lightGrounds, wash], leastContrast.text);
  return tokens({
    brand,
    'brand-strong': mixed(brand, '#000000', 0.16),
    'brand-ink': mixed(brand, '#000000', 0.2),
    'brand-wash': wash,
    'brand-fill': primary,
    'brand-fill-strong': mixed(primary, '#000000', 0.14),
    glow: `${primary}2e`,
    ...stageTokens(primary, 0.28),
  });
}

function darkTokens(primary: string): string {
  const wash = mixed('#172226', primary, 0.2);
  const brand = shadeFor(primary, '#ffffff', [...darkGrounds, wash], leastContrast.text);
  // Seen on dark paper, and white is still legible on it: the way from the one to the other is short but there.
  const seen = shadeFor(primary, '#ffffff', [darkGrounds[1]], leastContrast.graphic);
  const fill = shadeFor(seen, '#000000', ['#ffffff'], leastContrast.text);
  return tokens({
    brand,
    'brand-strong': mixed(brand, '#ffffff', 0.3),
    'brand-ink': mixed(brand, '#ffffff', 0.4),
    'brand-wash': wash,
    'brand-fill': fill,
    'brand-fill-strong': mixed(fill, '#000000', 0.08),
    glow: `${brand}57`,
    ...stageTokens(primary, 0.5),
  });
}

/** The side of the sign-in page: dark enough for the light words on it, whatever the colour. */
function stageTokens(primary: string, darker: number): Readonly<Record<string, string>> {
  const stage = shadeFor(mixed(primary, '#000000', darker), '#000000', ['#b9d3d1'], leastContrast.text);
  return { stage, 'stage-deep': mixed(stage, '#000000', 0.3), 'stage-glow': 'rgb(255 255 255 / 8%)' };
}

const tokens = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
