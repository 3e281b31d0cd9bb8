import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What WCAG 2.2 asks for at levels A and AA, so far as a program can tell. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What the page in view breaks within an element: one line for each rule with the elements that break it. */
export async function faultsWithin(page: Page, within: string): Promise<string[]> {
  // Over the browser's own protocol: a script tag would be refused by the content policy, as it should be.
  await page.evaluate(axe.source);
  // Only what is broken is asked for: descriptions of all that passed would be megabytes.
  const violations = await page.evaluate(
    async ({ values, selector }) => {
      const { axe: inPage } = window as unknown as {
        readonly axe: { run(context: unknown, options: unknown): Promise<AxeResults> };
      };
      const results = await inPage.run(selector, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
      return results.violations.map(({ id, nodes }) => ({
        rule: id,
        targets: nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`),
      }));
    },
    { values: tags, selector: within },
  );
  return violations.map(({ rule, targets }) => `${rule}: ${[...new Set(targets)].slice(0, 5).join(' | ')}`);
}
