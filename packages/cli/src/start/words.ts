import type { BothTexts, Words } from '../io/words.ts';

/** Why a cloud could not be read by itself. */
export const cloudReaderWords = {
  late: (minutes: number): BothTexts => ({
    zh: `${minutes} 分钟内没有读完，已中止。请检查网络和代理；资源很多的，请增大 timeoutMinutes 或按地域分开同步。`,
    en: `Not read within ${minutes} minutes, so it was ended. Check the network and the proxy; with many resources raise timeoutMinutes or split by regions.`,
  }),
  broken: (name: string): BothTexts => ({
    zh: `读取中断（${name}）。`,
    en: `Reading broke off (${name}).`,
  }),
  noCredentials: (names: readonly string[]): BothTexts => ({
    zh: `worker 没有环境变量 ${names.join('、')}。设置后重启 worker。`,
    en: `The worker has no environment variable ${names.join(', ')}. Set it and restart the worker.`,
  }),
} satisfies Words;
