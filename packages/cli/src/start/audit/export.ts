import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { AuditAltered, auditExportSigner, type ExportedDay, exportedDays } from '@openbeian/server/main';
import { InputError } from '../../io/input.ts';
import type { Lang } from '../../io/words.ts';
import { writeFileFrom } from '../../io/write-file.ts';
import { withDeployment } from '../administration.ts';
import { auditWords as words } from './words.ts';

export interface ExportOptions {
  readonly dir: string;
  readonly from?: string;
  readonly config?: string;
  readonly lang: Lang;
}

/** `openbeian audit export`: a signed file for each day; those that are complete are left alone, so it can be run again. */
export async function exportAudit({ dir, from, config, lang }: ExportOptions): Promise<void> {
  await withDeployment(config ?? null, async ({ deps, config: settings }) => {
    const signer = auditExportSigner(settings);
    if (signer === null) throw new InputError(words.noSigningKey[lang]);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    for await (const day of exportedDays(deps, from ?? null, signer.sign)) await writeDay(dir, day, lang);
  });
}

async function writeDay(dir: string, day: ExportedDay, lang: Lang): Promise<void> {
  const path = join(dir, `audit-${day.day}.ndjson`);
  if (isComplete(path)) return;
  try {
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
