import type { DownloadToPack } from '@openbeian/authority-wire/v3';
import { dayOf } from '@openbeian/model/calendar';
import type { LineEvent } from './events.ts';
import type { LedgerAccess } from './ledger.ts';
import { acknowledgeFile, addFile, lineKey, lineOf } from './lines.ts';
import type { SimState } from './sim-state.ts';
import type { Cancellation, Line, Message } from './words.ts';

/** Adds a fact of a line to the state. */
export function applyLineEvent(state: SimState, event: LineEvent, at: string): void {
  const line = lineOf(state.lines, event.line);
  switch (event.type) {
    case 'UploadTaken': {
      const { sequence, fingerprint, records } = event;
      if (sequence !== line.lastSequence + 1) throw new Error(`upload ${sequence} after ${line.lastSequence}`);
      line.lastSequence = sequence;
      line.uploads.set(sequence, { sequence, fingerprint, records, at });
      return;
    }
    case 'NoticeQueued':
      state.noticeCount += 1;
      line.waiting.push({ messageId: event.messageId, what: { part: event.part } });
      for (const ask of event.asks ?? []) state.asked.set(ask, null);
      return;
    case 'AskAnswered':
      state.asked.set(event.ask, event.answer);
      return;
    case 'FileMade': {
      const { fileName, document, messageIds } = event;
      addFile(line, { fileName, document, madeAt: at }, messageIds);
      return;
    }
    case 'FileAcknowledged':
      acknowledgeFile(line, event.fileName, at);
      return;
  }
}

/** Interface V3.0 has outcomes alone: of SMS the provider hears when they failed, as a rejection. */
export function tellLine(state: SimState, line: Line, message: Message): void {
  if (message.kind === 'sms_requested' || message.kind === 'sms_progress' || message.kind === 'sms_confirmed') return;
  lineOf(state.lines, line).waiting.push({ messageId: message.messageId, what: { outcome: message } });
}

/**
 * Tells every line that has an access to what is about to end; answers how many were told. Call it before the record is gone.
 * `butFor`: whose own wish it was.
 */
export function endedNotices(
  state: SimState,
  { scope, number, provider }: Cancellation,
  { messageId, at, butFor }: { readonly messageId: string; readonly at: string; readonly butFor?: Line },
): number {
  const { ledger } = state;
  const subject = scope === 'subject' ? ledger.subjects.get(number) : undefined;
  const services = subject === undefined ? [number] : ledger.listServices(number).map((service) => service.number);
  const accesses = services
    .flatMap((one) => ledger.listAccesses(one))
    .filter((access) => scope !== 'access' || access.provider === provider);
  const lines = new Map<string, { readonly line: Line; readonly access: LedgerAccess }>();
  for (const access of accesses)
    if (access.line !== null) lines.set(lineKey(access.line), { line: access.line, access });
  if (butFor !== undefined) lines.delete(lineKey(butFor));
  const id = subject?.id ?? ledger.services.get(number)?.id;
  if (id === undefined) return 0;
  for (const [key, { line, access }] of lines) {
    const part = scope === 'access' ? overReported(access, number, at, id) : ended(scope, id);
    lineOf(state.lines, line).waiting.push({ messageId: `${messageId} ${key}`, what: { part } });
  }
  return lines.size;
}

const ended = (scope: 'subject' | 'service', id: number): DownloadToPack => ({
  ICP: { ZXSJ: { Zxxx: [{ Zxlb: scope === 'subject' ? 0 : 1, Jlid: id }] } },
});

/** The interface has no notice of an access that ended; the nearest is that it was reported too much. */
function overReported(access: LedgerAccess, number: string, at: string, serviceId: number): DownloadToPack {
  const found = { Wzid: serviceId, Wz_Baxh: number, Hcjg: 1, Hcsj: dayOf(at), Jrid: access.id };
  return { ICP: { HCJG: { Jgxx: { Jrhc: [found] } } } };
}
