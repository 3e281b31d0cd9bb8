/** A colour as `#rgb` or `#rrggbb`. */
export type Colour = string;

type Channels = readonly [number, number, number];

/** What text needs on its ground (WCAG 2.2, 1.4.3), and what graphics and fields need (1.4.11). */
export const leastContrast = { text: 4.5, graphic: 3 } as const;

/** How two colours differ in lightness, 1 to 21, as WCAG reckons it. */
export function contrastOf(one: Colour, other: Colour): number {
  const luminances = [luminanceOf(one), luminanceOf(other)];
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}

/** @param share of the second colour, 0 to 1 */
export function mixed(one: Colour, other: Colour, share: number): Colour {
  const to = channelsOf(other);
  const hex = channelsOf(one).map((value, index) =>
    Math.round(value + ((to[index] ?? 0) - value) * share)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}

/** The least darkened (or lightened) shade of a colour that has the contrast to each of the grounds; itself where it has. */
export function shadeFor(
  colour: Colour,
  towards: '#000000' | '#ffffff',
  grounds: readonly Colour[],
  least: number,
): Colour {
  const steps = 200;
  for (let step = 0; step < steps; step += 1) {
    const shade = mixed(colour, towards, step / steps);
    if (grounds.every((ground) => contrastOf(shade, ground) >= least)) return shade;
  }
  return towards;
}

function luminanceOf(colour: Colour): number {
  const [red, green, blue] = channelsOf(colour);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function channelsOf(colour: Colour): Channels {
  const digits = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(colour) ? colour.slice(1) : null;
  if (digits === null) throw new RangeError(`no colour as #rrggbb: ${colour}`);
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const at = (start: number) => Number.parseInt(long.slice(start, start + 2), 16);
  return [at(0), at(2), at(4)];
}
