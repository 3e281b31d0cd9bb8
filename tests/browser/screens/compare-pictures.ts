/** A reduced picture of a view: red, green and blue of each pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Pictures are so many times smaller than the page: a text is a grey line, but each line has its place. */
export const reduction = 4;
/** Edge of the squares that are compared, in pixels of the reduced picture: sixteen pixels of the page, about a letter. */
const square = 4;
/**
 * So far apart, of 255, may two squares be on average in any colour. Texts drawn with other hinting differ less, a text that moved by
 * half its height more.
 */
const tolerance = 10;

/** A square that looks otherwise, by its place in the page. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly distance: number;
}

/** Where two pictures of one width differ, so far down as both go; the farthest apart first. */
export function differingPlaces(one: Picture, other: Picture): readonly Place[] {
  const found: Place[] = [];
  const height = Math.min(one.height, other.height);
  for (let y = 0; y < height; y += square)
    for (let x = 0; x < one.width; x += square) {
      const distance = distanceAt(one, other, { x, y });
      if (distance > tolerance)
        found.push({ x: x * reduction, y: y * reduction, size: square * reduction, distance: Math.round(distance) });
    }
  return found.sort((first, second) => second.distance - first.distance);
}

/** How two pictures differ, in words; null where they do not. */
export function differenceOf(expected: Picture, actual: Picture): string | null {
  const isAsLarge = expected.width === actual.width && expected.height === actual.height;
  if (!isAsLarge) return `${sizeOf(actual)} instead of ${sizeOf(expected)} px`;
  const places = differingPlaces(expected, actual);
  const [first] = places;
  if (first === undefined) return null;
  return `in ${places.length} places, most at ${first.x}, ${first.y} px (${first.distance} of 255)`;
}

const sizeOf = ({ width, height }: Picture) => `${width * reduction} × ${height * reduction}`;

/** The mean difference within the square, of the colour that differs most: buttons may differ in one alone. */
function distanceAt(one: Picture, other: Picture, from: { readonly x: number; readonly y: number }): number {
  const right = Math.min(from.x + square, one.width);
  const bottom = Math.min(from.y + square, one.height, other.height);
  const sums = [0, 0, 0];
  for (let y = from.y; y < bottom; y += 1)
    for (let x = from.x; x < right; x += 1)
      for (let colour = 0; colour < 3; colour += 1) {
        const at = (y * one.width + x) * 3 + colour;
        sums[colour] = (sums[colour] ?? 0) + Math.abs((one.pixels[at] ?? 0) - (other.pixels[at] ?? 0));
      }
  return Math.max(...sums) / ((right - from.x) * (bottom - from.y));
}
