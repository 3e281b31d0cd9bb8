import type { Visitor } from './visitor.ts';

export const reviewWords = {
  zh: { queue: '待审订单', none: '没有可认领的订单', keys: '键盘快捷键', pass: '通过', search: '域名、订单号或账号' },
  en: {
    queue: 'Review queue',
    none: 'No filing to claim',
    keys: 'Keyboard shortcuts',
    pass: 'Approve',
    search: 'Domain, filing ID or account',
  },
} as const;

/** A reviewer who never touches the mouse; every key is counted. */
export function atTheKeyboard({ page }: Visitor) {
  let keys = 0;
  return {
    press: async (key: string) => {
      keys += 1;
      await page.keyboard.press(key);
    },
    /** Since it was asked before. */
    counted: () => {
      const count = keys;
      keys = 0;
      return count;
    },
  };
}

/** One filing of a batch: how many keys it took, and how long the screens did. */
export interface Passed {
  readonly keys: number;
  readonly ms: number;
}

/**
 * Passes so many filings from the queue, one after the other, each looked at: claim the next one, pass, confirm. The reviewer is on
 * the queue before and after.
 */
export async function passBatch(
  visitor: Visitor,
  count: number,
  language: keyof typeof reviewWords,
): Promise<Passed[]> {
  const { page } = visitor;
  const text = reviewWords[language];
  const { press, counted } = atTheKeyboard(visitor);
  const dialog = page.getByRole('dialog');
  const passed: Passed[] = [];
  // Of so many screens one or the other is slow on a busy machine.
  page.setDefaultTimeout(45_000);
  while (passed.length < count) {
    const beganMs = performance.now();
    await press('n');
    await page.waitForURL(/\/review\/fil_/);
    await page.getByRole('button', { name: text.pass, exact: true }).waitFor();
    await press('p');
    await dialog.getByRole('button', { name: text.pass, exact: true }).waitFor();
    await press('Enter');
    await page.waitForURL(/\/review$/);
    await page.getByRole('heading', { name: text.queue, level: 1, exact: true }).waitFor();
    passed.push({ keys: counted(), ms: performance.now() - beganMs });
  }
  return passed;
}
