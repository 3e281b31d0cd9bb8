import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AuditAltered, auditExportSigner, type ExportedDay, exportedDays, recordExport } from '@openbeian/server/main';
import { InputError } from '../../io/input.ts';
import type { Lang } from '../../io/words.ts';
import { writeFileFrom } from '../../io/write-file.ts';
import { withDeployment } from '../administration.ts';
import { isLeftWhole } from './left-file.ts';
import { requireReceiver, sendToSyslog } from './syslog.ts';
import { auditWords as words } from './words.ts';

export interface ExportOptions {
  readonly dir: string;
  readonly from?: string;
  readonly config?: string;
  readonly lang: Lang;
  readonly syslog?: string;
  readonly syslogCa?: string;
}

/** What became of a day. */
type Outcome = 'left' | 'written' | 'sent';

/**
 * `openbeian audit export`: a signed file for each day; those that are complete and as they were signed are left alone, so
 * it can be run again. The last line
 * says how many days there were, also where there are none.
 */
export async function exportAudit(options: ExportOptions): Promise<void> {
  const { dir, from, config, lang, syslog, syslogCa } = options;
  // Before the first day is over nothing is sent; a wrong address is told all the same.
  if (syslog !== undefined) requireReceiver({ url: syslog, caFile: syslogCa ?? null }, lang);
  const days: Record<Outcome, number> = { left: 0, written: 0, sent: 0 };
  await withDeployment(config ?? null, async ({ deps, config: settings }) => {
    const signer = auditExportSigner(settings);
    if (signer === null) throw new InputError(words.noSigningKey[lang]);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    for await (const day of exportedDays(deps, from ?? null, signer.sign)) {
      if (day.cleared) continue;
      const isLeft = await isLeftWhole(pathOf(day, dir), day.day, signer.verify);
      days[isLeft ? 'left' : await exportDay(day, options)] += 1;
      if (day.complete) await recordExport(deps, day.day);
    }
  });
  const { left, written, sent } = days;
  const lines = [
    left + written + sent === 0 ? words.nothingSealed(from ?? null) : words.exported(written + sent, left),
    ...(syslog === undefined ? [] : [words.sentDays(sent, syslog)]),
  ];
  process.stdout.write(`${lines.map((line) => line[lang]).join('\n')}\n`);
}

const pathOf = ({ day }: ExportedDay, dir: string): string => join(dir, `audit-${day}.ndjson`);

async function exportDay(day: ExportedDay, { dir, lang, syslog, syslogCa }: ExportOptions): Promise<Outcome> {
  const path = pathOf(day, dir);
  const isSent = syslog !== undefined && day.complete;
  try {
    // Before the file is there: a day that was not sent is sent by the next run.
    if (isSent) {
      await sendToSyslog({ url: syslog, caFile: syslogCa ?? null }, day.lines(), lang);
      process.stdout.write(`${words.sent(day.day, syslog)[lang]}\n`);
    }
    await writeFileFrom(path, bytesOf(day), lang);
  } catch (error) {
    if (error instanceof AuditAltered) throw new InputError(words.exportAltered(day.day, error.seal)[lang]);
    throw error;
  }
  process.stdout.write(`${path}${day.complete ? '' : ` ${words.unfinished[lang]}`}\n`);
  return isSent ? 'sent' : 'written';
}

async function* bytesOf(day: ExportedDay): AsyncGenerator<Uint8Array> {
  for await (const line of day.lines()) yield Buffer.from(line);
}
