import type { Page } from 'playwright-core';

/**
 * Texts in view whose contrast to what is behind them, as the browser has it, is below WCAG's 4.5 : 1 (3 : 1 where large).
 * Disabled controls need none; what is on a picture or a gradient is not reckoned here (`tokens.test.ts` has the gradient).
 */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Rgba = readonly [number, number, number, number];
    // Chromium says colours as rgb(r, g, b) or rgba(r, g, b, a).
    const read = (colour: string): Rgba => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? ['0', '0', '0', '0']).map(Number);
      return [red, green, blue, alpha];
    };
    const over = (top: Rgba, below: Rgba): Rgba => {
      const mix = (index: 0 | 1 | 2) => top[index] * top[3] + below[index] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const luminance = (colour: Rgba) => {
      const part = (value: number) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2]);
    };
    const upwards = (element: Element) => {
      const all: CSSStyleDeclaration[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) all.push(getComputedStyle(at));
      return all;
    };
    const groundOf = (styles: readonly CSSStyleDeclaration[]): Rgba => {
      const end = styles.findIndex((style) => read(style.backgroundColor)[3] === 1);
      const layers = styles.slice(0, end === -1 ? styles.length : end + 1);
      return layers.reduceRight<Rgba>((below, style) => over(read(style.backgroundColor), below), [255, 255, 255, 1]);
    };
    const found = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const said = text.textContent?.trim() ?? '';
      const element = text.parentElement;
      if (said === '' || element === null || element.closest('noscript, script, style, :disabled, .sign-in-brand'))
        continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const { width, height } = range.getBoundingClientRect();
      const styles = upwards(element);
      const [own] = styles;
      if (own === undefined || width < 2 || height < 2 || own.visibility === 'hidden') continue;
      const ground = groundOf(styles);
      const opacity = styles.reduce((product, style) => product * Number(style.opacity), 1);
      const [red, green, blue, alpha] = read(own.color);
      const [dark = 0, light = 0] = [
        luminance(over([red, green, blue, alpha * opacity], ground)),
        luminance(ground),
      ].sort((one, other) => one - other);
      const size = Number.parseFloat(own.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(own.fontWeight) >= 700);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < (isLarge ? 3 : 4.5))
        found.add(`${contrast.toFixed(2)} ${element.className}: ${said.slice(0, 40)}`);
    }
    return [...found];
  });
}
