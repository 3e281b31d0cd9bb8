import { ensureConsoleBuilt } from '@openbeian/console/build';
import { createClient, createCookieJar } from '@openbeian/contract/client';
import type { SampleDeployment } from '@openbeian/server/main';
import type { Page } from 'playwright-core';
import { type CopiedSampleOptions, openCopiedSample } from '../support/copied-sample.ts';
import { startChromium } from '../support/start-chromium.ts';
import { openVisitor, signIn, type Visitor } from './visitor.ts';

/** A sample deployment with its console, and the people who use it in a browser. */
export interface TestConsole {
  readonly deployment: SampleDeployment;
  /** Everybody who signed in since the last `closeVisitors`. */
  readonly visitors: readonly Visitor[];
  loginOf(login: string): { readonly login: string; readonly password: string };
  /** A person at a browser of their own, signed in unless null. */
  visit(login: string | null): Promise<Visitor>;
  open(visitor: Visitor, path: string): Promise<unknown>;
  /** The API beside the browser, to see what the server has. @param fetch otherwise the usual one */
  apiOf(login: string, fetch?: typeof globalThis.fetch): Promise<ReturnType<typeof createClient>>;
  closeVisitors(): Promise<void>;
  close(): Promise<void>;
}

/** Everything that a story in a browser needs; the authority answers at once and in order. */
export async function openTestConsole(options: Omit<CopiedSampleOptions, 'consoleFolder'> = {}): Promise<TestConsole> {
  const chromium = await startChromium();
  if (chromium === null) throw new Error('unreachable: skipped without Chromium');
  const consoleFolder = await ensureConsoleBuilt();
  const deployment = await openCopiedSample({ consoleFolder, ...options });
  const visitors: Visitor[] = [];
  const loginOf = (login: string) => {
    const found = deployment.logins.find((one) => one.login === login);
    if (found === undefined) throw new Error(`the sample has no login ${login}`);
    return found;
  };
  const closeVisitors = async () => {
    for (const visitor of visitors.splice(0)) await visitor.close();
  };
  return {
    deployment,
    visitors,
    loginOf,
    visit: async (login) => {
      const visitor = await openVisitor(chromium, deployment.url);
      visitors.push(visitor);
      if (login !== null) await signIn(visitor.page, deployment.url, loginOf(login));
      return visitor;
    },
    open: (visitor, path) => visitor.page.goto(`${deployment.url}${path}`),
    apiOf: async (login, fetch = globalThis.fetch) => {
      const client = createClient({ baseUrl: deployment.url, cookies: createCookieJar(), fetch });
      const { password } = loginOf(login);
      await client.signIn({ body: { login, password } });
      return client;
    },
    closeVisitors,
    close: async () => {
      await closeVisitors();
      await chromium.stop();
      await deployment.close();
    },
  };
}

/** Pages as a phone shows them, each kept as a picture; what sticks out of the window is named by its page. */
export async function onPhone(testConsole: TestConsole, visitor: Visitor, name: string, paths: readonly string[]) {
  await visitor.page.setViewportSize({ width: 360, height: 780 });
  const wide: Record<string, string[]> = {};
  for (const path of paths) {
    await testConsole.open(visitor, path);
    await visitor.quiet();
    const out = await tooWide(visitor.page);
    if (out.length > 0) wide[path] = out;
    await visitor.picture(`${name}${path.replaceAll(/[/?=]/g, '-')}`);
  }
  return wide;
}

/** What sticks out of the window when the page is wider than it; nothing otherwise. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = [...document.body.querySelectorAll('*')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth,
    );
    return [`${scrollWidth} px in ${clientWidth}`, ...out.map((one) => `${one.tagName}.${one.className}`)];
  });
}
