import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { AuditAltered, auditExportSigner, type ExportedDay, exportedDays, recordExport } from '@openbeian/server/main';
import { InputError } from '../../io/input.ts';
import type { Lang } from '../../io/words.ts';
import { writeFileFrom } from '../../io/write-file.ts';
import { withDeployment } from '../administration.ts';
import { sendToSyslog } from './syslog.ts';
import { auditWords as words } from './words.ts';

export interface ExportOptions {
  readonly dir: string;
  readonly from?: string;
  readonly config?: string;
  readonly lang: Lang;
  readonly syslog?: string;
  readonly syslogCa?: string;
}

/** `openbeian audit export`: a signed file for each day; those that are complete are left alone, so it can be run again. */
export async function exportAudit(options: ExportOptions): Promise<void> {
  const { dir, from, config, lang } = options;
  await withDeployment(config ?? null, async ({ deps, config: settings }) => {
    const signer = auditExportSigner(settings);
    if (signer === null) throw new InputError(words.noSigningKey[lang]);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    for await (const day of exportedDays(deps, from ?? null, signer.sign)) {
      if (day.cleared) continue;
      await exportDay(day, options);
      if (day.complete) await recordExport(deps, day.day);
    }
  });
}

/** A day that is complete already is left alone. */
async function exportDay(day: ExportedDay, { dir, lang, syslog, syslogCa }: ExportOptions): Promise<void> {
  const path = join(dir, `audit-${day.day}.ndjson`);
  if (isComplete(path)) return;
  try {
    // Before the file is there: a day that was not sent is sent by the next run.
    if (syslog !== undefined && day.complete) {
      await sendToSyslog({ url: syslog, caFile: syslogCa ?? null }, day.lines(), lang);
      process.stdout.write(`${words.sent(day.day, syslog)[lang]}\n`);
    }
    await writeFileFrom(path, bytesOf(day), lang);
  } catch (error) {
    if (error instanceof AuditAltered) throw new InputError(words.exportAltered(day.day, error.seal)[lang]);
    throw error;
  }
  process.stdout.write(`${path}${day.complete ? '' : ` ${words.unfinished[lang]}`}\n`);
}

async function* bytesOf(day: ExportedDay): AsyncGenerator<Uint8Array> {
  for await (const line of day.lines()) yield Buffer.from(line);
}

/** Files are always complete: each is written under another name, then renamed. The last line says whether the day was over. */
function isComplete(path: string): boolean {
  if (!existsSync(path)) return false;
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const tail = Buffer.alloc(Math.min(size, 2000));
    readSync(fd, tail, 0, tail.length, size - tail.length);
    return /"complete":true,[^\n]*\n$/.test(tail.toString());
  } finally {
    closeSync(fd);
  }
}
