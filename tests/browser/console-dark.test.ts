import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { faintTexts } from './contrast-in-view.ts';
import { openTestConsole, type TestConsole } from './test-console.ts';
import type { Visitor } from './visitor.ts';

/** Pages of each role; those of one filing are opened from its list. */
const pages = {
  xinghe: [
    '/',
    '/resources',
    '/codes',
    '/filings',
    '/filings/new',
    '/filings/prepare',
    '/records',
    '/notices',
    '/account',
    '/help',
  ],
  reviewer: ['/review', '/review/statistics', '/rules'],
  operator: [
    '/operations',
    '/filings',
    '/accounts',
    '/people',
    '/inventory',
    '/authority',
    '/jobs',
    '/audit',
    '/webhooks',
    '/host',
  ],
};

describe.skipIf(requireProgram('chromium') === null)('the dark theme', () => {
  let testConsole: TestConsole;

  beforeAll(async () => {
    testConsole = await openTestConsole({ withHistory: true });
  });
  afterAll(() => testConsole.close());

  const themeOf = ({ page }: Visitor) => page.evaluate(() => document.documentElement.dataset.theme);
  const groundOf = ({ page }: Visitor) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  it.each(Object.entries(pages))(
    'is legible on every page of %s',
    async (login, paths) => {
      const visitor = await testConsole.visit(null);
      await visitor.page.emulateMedia({ colorScheme: 'dark' });
      await testConsole.open(visitor, '/sign-in');
      await visitor.quiet();
      const faint: Record<string, string[]> = { '/sign-in': await faintTexts(visitor.page) };
      const { password } = testConsole.loginOf(login);
      await visitor.page.getByLabel('用户名').fill(login);
      await visitor.page.getByLabel('密码').fill(password);
      await visitor.page.getByRole('button', { name: '登录', exact: true }).click();
      await visitor.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
      for (const path of paths) {
        await testConsole.open(visitor, path);
        await visitor.quiet();
        faint[path] = await faintTexts(visitor.page);
        await visitor.picture(`dark-${login}${path.replaceAll('/', '-')}`);
      }
      expect(Object.fromEntries(Object.entries(faint).filter(([, texts]) => texts.length > 0))).toEqual({});
      expect(visitor.complaints).toEqual([]);
    },
    240_000,
  );

  it('follows the system until one is chosen, and is there before anything is painted', async () => {
    const visitor = await testConsole.visit('xinghe');
    const { page } = visitor;
    const light = await groundOf(visitor);
    await page.emulateMedia({ colorScheme: 'dark' });
    // The page hears of the change a moment after it.
    await expect.poll(() => themeOf(visitor)).toBe('dark');
    const dark = await groundOf(visitor);
    expect(dark).not.toBe(light);
    await page.getByRole('button', { name: /^账号/ }).click();
    await page.getByText('浅色').click();
    expect(await groundOf(visitor)).toBe(light);
    await page.getByText('深色').click();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await groundOf(visitor)).toBe(dark);
    // Loaded again without any script of the console: the theme comes before it.
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload();
    expect(await groundOf(visitor)).toBe(dark);
  }, 60_000);

  it('prints black on white without menus, also from the dark theme', async () => {
    const visitor = await testConsole.visit('xinghe');
    const { page } = visitor;
    await page.emulateMedia({ colorScheme: 'dark' });
    await testConsole.open(visitor, '/filings/prepare');
    await visitor.quiet();
    const colours = () =>
      page.evaluate(() => {
        const of = (selector: string) => {
          const found = document.querySelector(selector);
          return found && getComputedStyle(found);
        };
        return { ground: of('body')?.backgroundColor, ink: of('h1')?.color, button: of('.ant-select')?.color };
      });
    const onScreen = await colours();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect.poll(colours).toMatchObject({ ground: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)' });
    expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
    await visitor.picture('dark-printed');
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await expect.poll(colours).toEqual(onScreen);
  }, 60_000);
});
