import { isDay } from '@openbeian/model/calendar';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExportOptions } from './export.ts';
import type { KnownSeal, VerifyOptions } from './verify.ts';

/** `openbeian audit`: on the database itself, with the keys of the configuration. */
export function registerAudit(program: Command, configOption: readonly [string, string]): void {
  const audit = program.command('audit').description('审计记录的校验与导出 / verify and export the audit');
  days(
    audit
      .command('verify')
      .description('用封印校验审计记录；发现改动时退出码为 3 / check the audit against its seals; exit 3 if altered'),
  )
    .option(
      '--known <seal>',
      '此前校验输出的最后一个封印（序号:摘要）：它缺失，即最近的日子被整日删除 / the last seal that an earlier verification printed, as SEQUENCE:DIGEST: it must still be there',
      readSeal,
    )
    .option('--json', '输出 JSON / print one JSON document')
    .option(...configOption)
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'))
    .action(async (options: VerifyOptions) => (await import('./verify.ts')).verify(options));
  audit
    .command('export')
    .description(
      '按日导出已封印的审计记录，每日一个签名的 NDJSON 文件 / a signed NDJSON file for each day that is sealed',
    )
    .requiredOption('--dir <directory>', '写入的目录 / directory to write to')
    .option('--from <day>', '从此日起（YYYY-MM-DD，北京时间） / from this day on', readDay)
    .option(
      '--syslog <url>',
      '已结束的日子另发送到 syslog（RFC 5424）：tls://主机:端口，或本机中继 tcp://127.0.0.1:端口 / days that are over also go to syslog',
    )
    .option('--syslog-ca <file>', '签发其证书的 CA（PEM） / authority that signed its certificate')
    .option(...configOption)
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'))
    .action(async (options: ExportOptions) => (await import('./export.ts')).exportAudit(options));
}

function days(command: Command): Command {
  return command
    .option('--from <day>', '从此日起（YYYY-MM-DD，北京时间） / from this day on', readDay)
    .option('--to <day>', '到此日为止，含当日 / up to and including this day', readDay);
}

function readSeal(text: string): KnownSeal {
  const [, sequence, digest = ''] = /^([1-9]\d{0,8})[:：]\s*([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  if (sequence !== undefined) return { sequence: Number(sequence), digest: digest.toLowerCase() };
  throw new InvalidArgumentError(
    '应为 序号:摘要，摘要为 64 位十六进制 / expected SEQUENCE:DIGEST, 64 hexadecimal digits',
  );
}

function readDay(text: string): string {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('应为 YYYY-MM-DD，例如 2026-11-21 / expected YYYY-MM-DD, such as 2026-11-21');
}
