import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Chromium } from '../support/start-chromium.ts';

/** Screens of the last run, to be looked at. */
const screenshotFolder = join(tmpdir(), 'openbeian-screens');

export interface Visitor {
  readonly page: Page;
  /** What the browser complained about: errors of scripts, refused by the content policy, requests to other places. */
  readonly complaints: string[];
  /** Waits until every request has had its answer, and none comes for half a second. */
  quiet(): Promise<void>;
  /**
   * Waits until every request has had its answer and the page has nothing more to do with them. Unlike `quiet` it knows nothing of
   * what waits for a time, such as a search that begins when nobody types.
   */
  settled(): Promise<void>;
  /** Keeps the whole page, or the window with its dialog, as a picture. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** One person at one browser of their own. */
export async function openVisitor(chromium: Chromium, serverUrl: string): Promise<Visitor> {
  const context = await chromium.newContext();
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('console', (line) => {
    // A refusal by the API is an answer, which the browser logs on its own.
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) complaints.push(line.text());
  });
  page.on('request', (request) => {
    // Pictures in the page’s own memory are asked of nobody.
    const isOwn = request.url().startsWith(serverUrl) || request.url().startsWith(`blob:${serverUrl}`);
    if (!isOwn) complaints.push(`asked elsewhere: ${request.url()}`);
  });
  let open = 0;
  let begun = 0;
  let lastAt = Date.now();
  const count = (by: number) => () => {
    open += by;
    if (by > 0) begun += 1;
    lastAt = Date.now();
  };
  page.on('request', count(1));
  page.on('requestfinished', count(-1));
  page.on('requestfailed', count(-1));
  mkdirSync(screenshotFolder, { recursive: true });
  return {
    page,
    complaints,
    quiet: async () => {
      for (const beganAt = Date.now(); open > 0 || Date.now() - lastAt < 500; await page.waitForTimeout(50))
        if (Date.now() - beganAt > 30_000) throw new Error(`${open} requests wait for their answers`);
    },
    settled: async () => {
      const beganAt = Date.now();
      for (let before = -1; open > 0 || before !== begun; ) {
        if (Date.now() - beganAt > 30_000) throw new Error(`${open} requests wait for their answers`);
        before = begun;
        await idle(page);
      }
    },
    picture: async (name) => {
      await page.evaluate(() => window.scrollTo(0, 0));
      // A dialog covers the window, not the page below it.
      const hasDialog = (await page.getByRole('dialog').filter({ visible: true }).count()) > 0;
      const path = join(screenshotFolder, `${name}.png`);
      await page.screenshot({ path, fullPage: !hasDialog, animations: 'disabled' });
    },
    close: () => context.close(),
  };
}

/** Until the page has shown what it has, and its thread has had time to spare twice. */
async function idle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => requestIdleCallback(resolve));
    }
  });
}

/** Signs in by hand, as the form asks. */
export async function signIn(page: Page, serverUrl: string, who: { login: string; password: string }): Promise<void> {
  await page.goto(`${serverUrl}/sign-in`);
  await page.getByLabel('用户名').fill(who.login);
  await page.getByLabel('密码').fill(who.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}
