import type { Words } from '../io/words.ts';

export const demoWords = {
  opened: ({ url, authorityUrl, gateUrl }: { url: string; authorityUrl: string; gateUrl: string }) => ({
    zh: `演示环境 ${url}（内存数据库，模拟管局 ${authorityUrl}，网关 ${gateUrl}）`,
    en: `Demo at ${url} (in memory; simulated authority ${authorityUrl}, gate ${gateUrl})`,
  }),
  asExpected: (seconds: string) => ({
    zh: `\n全部步骤符合预期，用时 ${seconds} 秒。`,
    en: `\nEvery step was as expected, in ${seconds} s.`,
  }),
  notAsExpected: (message: string) => ({ zh: `\n与预期不符：${message}`, en: `\nNot as expected: ${message}` }),
} satisfies Words;
