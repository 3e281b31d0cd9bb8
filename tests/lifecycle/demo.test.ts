import { describe, expect, it } from 'vitest';
import { runDemo } from '../../packages/cli/src/demo/run-demo.ts';

describe('openbeian demo', () => {
  it.each([
    { seed: 1, calm: false, lang: 'zh' as const },
    { seed: 7, calm: false, lang: 'en' as const },
    { seed: 1, calm: true, lang: 'zh' as const },
  ])('tells the whole story as expected: $lang, seed $seed, calm $calm', async (options) => {
    const lines: string[] = [];
    const status = await runDemo({ ...options, write: (line) => lines.push(line) });
    expect(status, lines.join('\n')).toBe(0);
    expect(lines.join('\n')).toMatch(/粤ICP备\d{4}000123号-1/);
    expect(lines.filter((line) => line.includes('✗'))).toEqual([]);
  });
});
