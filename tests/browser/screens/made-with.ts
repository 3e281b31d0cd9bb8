import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** What draws the pictures, by name. Whether it draws as expected, a picture of the sample shows. */
export interface MadeWith {
  readonly chromium: string;
  /** Fonts that Chinese and Latin, even and fixed-width texts come out in. */
  readonly fonts: readonly string[];
}

/** Texts, borders, shadows and a field of the browser's own, the texts in lines that break otherwise where letters are wider. */
const text = '互联网信息服务备案 ICP 粤ICP备2026000123号-1 Filing details 0123456789 主办单位 Organiser. ';
const sample = `<!doctype html><body style="margin:8px;font:14px/22px system-ui,'Noto Sans CJK SC',sans-serif;background:#f2f4f5">
<p style="margin:4px">${text.repeat(5)}</p><p style="margin:4px"><b>${text.repeat(2)}</b></p>
<p style="margin:4px;font-family:ui-monospace,'DejaVu Sans Mono',monospace">xy-web-1 fil_01ABC 203.0.113.7 ${text}</p>
<div style="display:flex;gap:8px"><button>登录 Sign in</button><input value="example.cn"><select><option>全部 All</option></select>
<div style="padding:8px;border:1px solid #889;border-radius:8px;box-shadow:0 4px 12px #0006;background:#fff">${text}</div></div>`;

/** Shows what tells one machine's drawing from another's. @returns what draws it */
export async function showSample(page: Page): Promise<MadeWith> {
  await page.setViewportSize({ width: 800, height: 320 });
  await page.setContent(sample);
  return { chromium: page.context().browser()?.version() ?? 'unknown', fonts: await fontsOf(page) };
}

/** Those that the browser took for the texts of the page. */
async function fontsOf(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const names = new Set<string>();
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'p, b' });
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const { familyName } of fonts) names.add(familyName);
  }
  await session.detach();
  return [...names].sort();
}

const file = join(import.meta.dirname, 'made-with.generated.json');

/** What the expected pictures were made with. */
export const madeWith = (): MadeWith => JSON.parse(readFileSync(file, 'utf8')); // written by the function below

export const rememberMadeWith = (here: MadeWith): void => writeFileSync(file, `${JSON.stringify(here, null, 2)}\n`);

export const wordsOf = ({ chromium, fonts }: MadeWith): string => `Chromium ${chromium}; ${fonts.join(', ')}`;
