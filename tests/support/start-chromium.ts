import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { requireProgram } from './require-program.ts';

export interface Chromium {
  readonly browser: Browser;
  /** A fresh profile as a person in China has it: zh-CN, Asia/Shanghai, 1280 × 800. */
  newContext(options?: { readonly locale?: 'zh-CN' | 'en-US' }): Promise<BrowserContext>;
  stop(): Promise<void>;
}

/**
 * Starts the machine's headless Chromium. It reaches this machine only: a page that asks for anything from outside fails
 * its request, which is what a provider's closed network does too.
 * Null where Chromium is not installed (see `requireProgram`).
 */
export async function startChromium(): Promise<Chromium | null> {
  const executablePath = requireProgram('chromium');
  if (executablePath === null) return null;
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', // Chromium's sandbox refuses to run as root, as in a container
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=zh-CN',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
  return {
    browser,
    newContext: ({ locale = 'zh-CN' } = {}) =>
      browser.newContext({ locale, timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 800 } }),
    stop: () => browser.close(),
  };
}
