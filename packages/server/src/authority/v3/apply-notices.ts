import { createHash } from 'node:crypto';
import { type AuthorityNotice, readNotices, tablesOfDownload } from '@openbeian/model/authority-v3';
import { dayOf } from '@openbeian/model/calendar';
import { type AppliedFile, keepCase, putArrival } from './applied-file.ts';

/** What the authority tells besides verdicts: cancellations go to the flows, everything else is kept for operators. */
export async function applyNotices(file: AppliedFile): Promise<void> {
  const { data } = file;
  if (data.ICP !== undefined) {
    const { notices, incomplete } = readNotices(data.ICP);
    for (const notice of notices) await applyNotice(file, notice);
    for (const path of incomplete) {
      await keepCase(file, {
        kind: 'incomplete',
        about: `${file.downloadId}:${path}`,
        content: { path, data: data.ICP },
      });
    }
    for (const task of data.ICP.HSRW?.Baxx ?? []) {
      await keepCase(file, {
        kind: 'verification_task',
        // Asked once more on another day it is another task: the first may have been answered.
        about: `${task.Zt_xx?.Ztid ?? digestOf(task)}:${dayOf(file.at)}`,
        content: task,
      });
    }
  }
  for (const part of ['IP', 'YM'] as const) {
    if (data[part] === undefined) continue;
    await keepCase(file, { kind: 'other_part', about: `${file.downloadId}:${part}`, content: data[part] });
  }
}

/** Short, and says nothing of what it is made of. */
const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

async function applyNotice(file: AppliedFile, notice: AuthorityNotice): Promise<void> {
  if (notice.kind === 'record_ended') return applyEnded(file, notice);
  await keepCase(file, { kind: notice.kind, about: digestOf(notice), content: notice });
}

/** `Czlx`. */
const cancelSubject = 6;
const cancelService = 7;

/** 注销数据: the record is known by its number here. One that nobody knows is shown. */
async function applyEnded(
  file: AppliedFile,
  notice: Extract<AuthorityNotice, { readonly kind: 'record_ended' }>,
): Promise<void> {
  const { ledger, line, at, downloadId } = file;
  const { scope, id } = notice;
  const endedAt = await ledger.endFiled(line, scope, id, at);
  // Asked for by us: the verdict says the same, and ends the filing.
  const asked = await ledger.listMeant(line, scope === 'subject' ? cancelSubject : cancelService, { id }, 'open');
  if (asked.length > 0) return;
  const number =
    scope === 'subject'
      ? ((await ledger.findFiledSubject(line, { id }))?.subjectNumber ?? null)
      : ((await ledger.findFiledService(line, { id }))?.serviceNumber ?? null);
  if (number === null) {
    await keepCase(file, { kind: 'unknown_record_ended', about: `${scope}:${id}`, content: notice });
    return;
  }
  // What was filed again may end again, under the same id of the authority’s.
  const which = endedAt === null ? downloadId : Date.parse(endedAt);
  const messageId = `v3-${line.provider}-${line.provinceCode}-ended-${scope}-${id}-${which}`;
  await putArrival(file, { kind: 'cancelled', messageId, sentAt: at, scope, number, provider: null }, downloadId);
}

/** 基础代码: kept dated, and used instead of what comes with the release. */
export async function applyTables(file: AppliedFile): Promise<void> {
  const { data, ledger, line, at, options, downloadId } = file;
  const tables = data.JCDM ?? data.SJTB?.JCDM;
  if (tables === undefined) return;
  await ledger.putTables(line, dayOf(at), JSON.stringify(tables));
  const { unplaced } = tablesOfDownload(tables, options.codeTables, dayOf(at));
  if (unplaced.length === 0) return;
  await keepCase(file, { kind: 'unplaced_rows', about: digestOf(unplaced), content: { unplaced, downloadId } });
}
