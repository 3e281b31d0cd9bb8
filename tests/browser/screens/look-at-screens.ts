import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireProgram } from '../../support/require-program.ts';
import { tooWide } from '../test-console.ts';
import type { Visitor } from '../visitor.ts';
import { faultsWithin } from './accessibility.ts';
import { comparePictures, isUpdate, keepPictures } from './pictures.ts';
import type { Screen } from './screen-list.ts';
import { now, openScreenWorld, type ScreenWorld } from './screen-world.ts';
import { type Check, type Language, languages, type View, widths } from './view.ts';

/** The browser of somebody who looks at many screens. */
async function openOnlooker({ testConsole }: ScreenWorld, login: string): Promise<Visitor> {
  const visitor = await testConsole.visit(login === 'nobody' ? null : login);
  // Axe reckons the colours of the moment; half faded in, a text is too faint.
  await visitor.page.emulateMedia({ reducedMotion: 'reduce' });
  // What the browser reckons from today is the same tomorrow.
  await visitor.page.clock.setFixedTime(now);
  if (login === 'nobody') await testConsole.open(visitor, '/sign-in');
  return visitor;
}

interface Look {
  readonly world: ScreenWorld;
  readonly visitor: Visitor;
  readonly checks: readonly Check[];
}

/** Loads a screen once and looks at it and its dialogs in both widths. @returns faults by name, language and width */
async function lookAtScreen(
  { world, visitor, checks }: Look,
  screen: Screen,
  language: Language,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { page } = visitor;
  const faults: Record<string, readonly string[]> = {};
  const look = async (view: View) => {
    const found: string[] = [];
    for (const check of checks) found.push(...(await check(view)));
    if (found.length > 0) faults[`${view.name} ${language} ${view.width}`] = found;
  };
  await page.evaluate((chosen) => localStorage.setItem('openbeian.language', chosen), language);
  await page.setViewportSize({ width: widths[0], height: 900 });
  await world.testConsole.open(visitor, world.addressOf(screen.path));
  await visitor.settled();
  for (const width of widths) {
    if (width !== widths[0]) await page.setViewportSize({ width, height: 844 });
    await painted(page);
    const about = { page, language, width, unsteady: screen.unsteady };
    await look({ ...about, name: screen.name, isDialog: false });
    for (const { name, by } of screen.dialogs) {
      await open(page, by);
      await visitor.settled();
      await look({ ...about, name, isDialog: true });
      await page.keyboard.press('Escape');
      await dialogOf(page).waitFor({ state: 'hidden' });
    }
  }
  return faults;
}

const dialogOf = (page: Page) => page.getByRole('dialog').filter({ visible: true });

async function open(page: Page, by: RegExp | string): Promise<void> {
  if (typeof by === 'string') await page.keyboard.press(by);
  else await page.getByRole('button', { name: by }).first().click();
  await dialogOf(page).waitFor();
}

/** Until what a new width asks for is on the screen. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100)))),
  );
}

/** What the view breaks of WCAG 2.2 AA. What a dialog covers was looked at before it, and cannot be reached now. */
const accessibilityFaults: Check = ({ page, isDialog }) => faultsWithin(page, isDialog ? '[role=dialog]' : 'html');

/** What sticks out of the window, when the page can be moved sideways. */
const sideways: Check = async ({ page }) => (await tooWide(page)).slice(0, 6);

/** Names of the only screens to look at, see `npm run screens`; all unless given. */
const only = process.env.OPENBEIAN_SCREENS_ONLY?.split(',');

/** Every screen of these people in both languages, at a desk and on a phone. */
export function testScreens(screensOf: Readonly<Record<string, readonly Screen[]>>): void {
  describe.skipIf(requireProgram('chromium') === null)('screens of the console', () => {
    let world: ScreenWorld;
    let checks: readonly Check[];
    beforeAll(async () => {
      world = await openScreenWorld();
      const { page } = await world.testConsole.visit(null);
      // New pictures are wanted at once; whether they are as they should be, the next run finds.
      checks = isUpdate
        ? [await keepPictures(page)]
        : [accessibilityFaults, sideways, ...(await comparePictures(page))];
      await page.close();
    }, 300_000);
    afterAll(() => world.testConsole.close());

    it.each(Object.entries(screensOf))(
      'are as they should be for %s',
      async (login, screens) => {
        const visitor = await openOnlooker(world, login);
        const faults: Record<string, readonly string[]> = {};
        for (const screen of screens.filter(({ name }) => only?.includes(name) ?? true))
          for (const language of languages)
            Object.assign(faults, await lookAtScreen({ world, visitor, checks }, screen, language));
        expect(faults).toEqual({});
        expect(visitor.complaints).toEqual([]);
      },
      // Half an hour where others have the processors, too; one minute by itself.
      1_800_000,
    );
  });
}
