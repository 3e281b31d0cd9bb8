import type { Day } from '@openbeian/model/calendar';
import type { Command } from 'commander';
import { argumentsOrLines, printNdjson } from '../io/lines.ts';
import { atOption, dayAt } from '../options.ts';

/** `openbeian number [TEXT…] [--lenient]` (contract §3): one line of JSON for each text. */
export function registerNumber(program: Command): void {
  program
    .command('number')
    .description('读取备案号，每条输出一行 JSON / read filing numbers, one line of JSON each')
    .argument('[text...]', '备案号；不填则逐行读取标准输入 / the texts; without any, the lines of standard input')
    .option('--lenient', '在文字中查找备案号并修正常见错误 / find numbers inside text and repair them')
    .option(...atOption)
    .action(async (texts: string[], options: { lenient?: true; at?: Day }) => {
      const { findFilingNumbers, parseFilingNumbers } = await import('@openbeian/model/number');
      const read = options.lenient ? findFilingNumbers : parseFilingNumbers;
      const at = dayAt(options.at);
      async function* readings() {
        for await (const input of argumentsOrLines(texts)) yield { input, ...read(input, at) };
      }
      await printNdjson(readings());
    });
}
