import { expect, test } from 'vitest';
import { contrastOf, leastContrast, mixed, shadeFor } from './contrast.ts';

test('contrast is reckoned as WCAG does, whichever is the lighter', () => {
  expect(contrastOf('#000', '#ffffff')).toBeCloseTo(21, 5);
  // WCAG’s own example of the darkest grey that fails on white, and the first that passes.
  expect(contrastOf('#777777', '#fff')).toBeCloseTo(4.48, 2);
  expect(contrastOf('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
  expect(() => contrastOf('teal', '#fff')).toThrow('no colour');
});

test('a shade is the nearest that passes: itself where it does, and one step less would not', () => {
  expect(shadeFor('#14606b', '#000000', ['#ffffff'], leastContrast.text)).toBe('#14606b');
  const shade = shadeFor('#ff8800', '#000000', ['#ffffff', '#f3f5f4'], leastContrast.text);
  expect(contrastOf(shade, '#f3f5f4')).toBeGreaterThanOrEqual(4.5);
  expect(contrastOf(mixed(shade, '#ffffff', 0.02), '#f3f5f4')).toBeLessThan(4.5);
  // Nothing lighter is legible on white: the end of the way says so by being there.
  expect(shadeFor('#dddddd', '#ffffff', ['#ffffff'], leastContrast.text)).toBe('#ffffff');
});
