import { type Command, InvalidArgumentError } from 'commander';

interface DemoFlags {
  readonly lang: 'zh' | 'en';
  readonly seed: number;
  readonly calm: boolean;
}

/** `openbeian demo`: the whole main job and its other endings, printed step by step; ends 1 when a step is not as expected. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('讲述并核对完整主线：从云服务器到备案号到放行 / the main job end to end, told and checked')
    .option('--lang <lang>', 'zh | en', language, 'zh')
    .option('--seed <n>', '模拟管局的随机种子 / seed of the simulated authority', wholeNumber, 1)
    .option('--calm', '管局不重复、不迟到、不出错 / the authority neither repeats, delays nor fails', false)
    .action(async (flags: DemoFlags) => {
      const { runDemo } = await import('./run-demo.ts');
      process.exitCode = await runDemo({ ...flags, write: (line) => process.stdout.write(`${line}\n`) });
    });
}

function language(text: string): 'zh' | 'en' {
  if (text === 'zh' || text === 'en') return text;
  throw new InvalidArgumentError('zh | en');
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('0…999999999');
}
