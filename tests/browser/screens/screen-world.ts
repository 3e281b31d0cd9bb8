import { manualClock } from '@openbeian/authority-sim';
import { companyDraft } from '../filing-by-api.ts';
import { openTestConsole, type TestConsole } from '../test-console.ts';

/** The day of every picture. */
export const now = '2026-11-23T01:30:00.000Z';

/** A console with something on every screen, the same in every run but for ids and secrets. */
export interface ScreenWorld {
  readonly testConsole: TestConsole;
  /** A path with its ids. */
  addressOf(path: string): string;
}

export async function openScreenWorld(): Promise<ScreenWorld> {
  const testConsole = await openTestConsole({ withHistory: true, clock: manualClock(now) });
  const { filings } = await (await testConsole.apiOf('operator')).listFilings({ query: {} });
  const idOf = (domainName: string): string => {
    const found = filings.find((one) => one.domainName === domainName);
    if (found === undefined) throw new Error(`the sample has no filing for ${domainName}`);
    return found.id;
  };
  const waiting = idOf('yunfan-shop-example.cn');
  await (await testConsole.apiOf('reviewer')).claimFiling({ params: { filingId: waiting } });
  const draft = await companyDraft(testConsole, 'xinghe-news-example.cn');
  const xinghe = await testConsole.apiOf('xinghe');
  const { webhook } = await xinghe.createWebhook({ body: { url: 'https://receiver.invalid/hook' } });
  const ids: Readonly<Record<string, string>> = {
    filed: idOf('xinghe-example.cn'),
    returned: idOf('ruoxi-example.cn'),
    waiting,
    draft: draft.id,
    webhook: webhook.id,
  };
  return {
    testConsole,
    addressOf: (path) =>
      path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const id = ids[name];
        if (id === undefined) throw new Error(`no id is known for ${name}`);
        return id;
      }),
  };
}
