import { Fault } from '@openbeian/model/fault';
import type { Finding } from '@openbeian/model/forms';
import {
  type AuthorityMessage,
  type CancellationMessage,
  type FilingRow,
  type StoreTransaction,
  type SubmissionMessage,
  sealingContexts,
} from '../../ports/index.ts';
import { worker } from '../command/actors.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { FlowDeps } from '../command/deps.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { endGrace } from '../filing/filing-steps.ts';
import { openValues, textIn } from '../filing/form-values.ts';
import { applyCancellation } from '../record/cancel-record.ts';

/**
 * Records one message of the authority. Every message takes effect once, however often it is delivered; one that
 * overtakes others moves the filing as far as it says; one for a submission that is no longer the filing's is kept as
 * stale and told to the operators. A cancellation that overtakes the approval of what it cancels waits for it.
 * @returns what became of it.
 */
export async function recordMessage(
  deps: FlowDeps,
  message: AuthorityMessage,
): Promise<'applied' | 'stale' | 'repeated'> {
  return deps.store.transaction(async (tx) => {
    const at = deps.clock.now();
    if (!(await tx.exchange.insertMessage(message, at))) return 'repeated';
    if (message.kind === 'cancelled') return recordCancellation(deps, tx, message, at);
    const found = await tx.filings.findBySubmission(message.submissionId);
    const filing = found === null ? null : await tx.filings.findForUpdate(found.id);
    const waits = filing !== null && ['awaiting_forward', 'awaiting_sms', 'awaiting_verdict'].includes(filing.state);
    if (filing === null || filing.submissionId !== message.submissionId || !waits) {
      return keepStale(deps, tx, message, { kind: 'submission', id: message.submissionId }, at);
    }
    // Any message proves that the authority has the submission, even if our own commit of the receipt was slower.
    const received =
      filing.state === 'awaiting_forward' ? await advanceFiling(deps, tx, worker, filing, 'forward', at) : filing;
    await apply(deps, tx, received, message, at);
    await tx.exchange.markMessage(message.messageId, 'applied');
    return 'applied';
  });
}

async function keepStale(
  deps: FlowDeps,
  tx: StoreTransaction,
  { kind, messageId }: AuthorityMessage,
  object: { readonly kind: string; readonly id: string },
  at: string,
): Promise<'stale'> {
  await tx.exchange.markMessage(messageId, 'stale');
  await tx.audit.append(auditFact(deps, worker, at, 'StaleMessageKept', object, { kind, messageId }));
  return 'stale';
}

/** A record was struck. Held first, so that an approval of the same number is wholly before it or after it. */
async function recordCancellation(
  deps: FlowDeps,
  tx: StoreTransaction,
  message: CancellationMessage,
  at: string,
): Promise<'applied' | 'stale'> {
  await tx.records.hold();
  const { messageId, number } = message;
  const approvedAt = await tx.exchange.findApprovedAt(number);
  // Sent before what stands now was approved: it speaks of an earlier life of the number.
  const overtaken = approvedAt !== null && Date.parse(message.sentAt) < Date.parse(approvedAt);
  const done = overtaken ? null : await applyCancellation(deps, tx, worker, message, at, { messageId });
  if (done === null) return keepStale(deps, tx, message, { kind: 'record', id: number }, at);
  await tx.exchange.markMessage(messageId, 'applied');
  return 'applied';
}

/** What cancelled this approval's numbers after it was given, but came before it. */
async function applyWaitingCancellations(
  deps: FlowDeps,
  tx: StoreTransaction,
  { subjectNumber, serviceNumber, sentAt }: Extract<AuthorityMessage, { kind: 'approved' }>,
  at: string,
): Promise<void> {
  for (const message of await tx.exchange.listWaitingCancellations([subjectNumber, serviceNumber])) {
    if (Date.parse(message.sentAt) < Date.parse(sentAt)) continue;
    const { messageId } = message;
    const done = await applyCancellation(deps, tx, worker, message, at, { messageId });
    if (done !== null) await tx.exchange.markMessage(messageId, 'applied');
  }
}

async function apply(
  deps: FlowDeps,
  tx: StoreTransaction,
  filing: FilingRow,
  message: SubmissionMessage,
  at: string,
): Promise<void> {
  switch (message.kind) {
    case 'sms_requested': {
      if (filing.state !== 'awaiting_sms') return;
      const update = await tx.filings.update(filing.id, filing.version, filing.state, { dueAt: message.dueAt }, at);
      if (!update) throw new Fault('object.changed');
      await tx.filings.appendEvent(filing.id, {
        at,
        actorId: worker.userId,
        actorRole: worker.role,
        type: 'SmsRequested',
        detail: { dueAt: message.dueAt },
      });
      return;
    }
    case 'sms_confirmed':
      if (filing.state === 'awaiting_sms') await advanceFiling(deps, tx, worker, filing, 'confirm_sms', at);
      return;
    case 'sms_failed': {
      if (filing.state !== 'awaiting_sms') return;
      const finding = smsFindings[message.cause];
      await advanceFiling(deps, tx, worker, filing, 'fail_sms', at, {
        change: { findings: [finding] },
        detail: { cause: message.cause },
      });
      await endGrace(tx, filing, at);
      return;
    }
    case 'rejected': {
      const findings = message.reasons.map(
        (reason): Finding => ({
          field: reason.field,
          rule: `authority.${reason.code}`,
          message: {
            zh: `管局驳回（${reason.code}）：${reason.text}`,
            en: `Rejected by the authority (${reason.code}): ${reason.text}`,
          },
          remedy: {
            zh: '按管局意见修改后重新提交；如有疑问请联系客服。',
            en: 'Change what the authority names and submit again; ask support if in doubt.',
          },
          source: 'ISP-V3',
          from: 'authority',
        }),
      );
      const detail = { codes: message.reasons.map((reason) => reason.code) };
      await advanceFiling(deps, tx, worker, filing, 'reject', at, { change: { findings }, detail });
      await endGrace(tx, filing, at);
      return;
    }
    case 'approved':
      return approve(deps, tx, filing, message, at);
  }
}

const smsFindings: Record<'timed_out' | 'too_many_attempts', Finding> = {
  timed_out: {
    field: null,
    rule: 'sms.timed_out',
    message: { zh: '24 小时内没有完成短信核验', en: 'The SMS was not confirmed within 24 hours' },
    remedy: {
      zh: '信息无需修改的可直接重新提交，收到短信后尽快核验。',
      en: 'If nothing needs changing, submit again and confirm the SMS as soon as it comes.',
    },
    source: 'TC-SMS',
    from: 'authority',
  },
  too_many_attempts: {
    field: null,
    rule: 'sms.too_many_attempts',
    message: { zh: '短信核验多次输入错误', en: 'The SMS code was entered wrongly too often' },
    remedy: { zh: '核对手机号码和证件号码后重新提交。', en: 'Check mobile and certificate number, then submit again.' },
    source: 'TC-SMS',
    from: 'authority',
  },
};

async function approve(
  deps: FlowDeps,
  tx: StoreTransaction,
  filing: FilingRow,
  message: Extract<AuthorityMessage, { kind: 'approved' }>,
  at: string,
): Promise<void> {
  const { subjectNumber, serviceNumber } = message;
  const values = openValues(deps, filing.id, filing.form);
  const name = textIn(values, 'subject.name');
  const subject = await tx.records.putSubject({
    id: deps.ids.next('sbj'),
    number: subjectNumber,
    accountId: filing.accountId,
    subjectKind: filing.subjectKind,
    subjectHash: filing.subjectHash,
    unitName: filing.subjectKind === 'individual' ? null : name,
    sealedName: deps.vault.seal(name, sealingContexts.subjects(subjectNumber)),
    provinceCode: filing.provinceCode,
    recordedAt: at,
  });
  const service = await tx.records.putService({
    id: deps.ids.next('srv'),
    number: serviceNumber,
    subjectRecordId: subject.id,
    serviceKind: filing.serviceKind,
    serviceName: textIn(values, 'service.name'),
    domainName: filing.domainName,
    state: 'filed',
    recordedAt: at,
  });
  await tx.records.putAccess({
    id: deps.ids.next('acs'),
    serviceRecordId: service.id,
    provider: filing.provider,
    resourceId: filing.resourceId ?? '',
    filingId: filing.id,
    at,
  });
  await endGrace(tx, filing, at);
  if (filing.codeId !== null) {
    if (!(await tx.codes.consume(filing.codeId, filing.id, at))) throw new Fault('code.wrong_state');
    await tx.filings.appendEvent(filing.id, {
      at,
      actorId: worker.userId,
      actorRole: worker.role,
      type: 'CodeUsed',
      detail: { codeId: filing.codeId },
    });
  }
  const numbers = { subjectNumber, serviceNumber };
  await advanceFiling(deps, tx, worker, filing, 'approve', at, {
    change: { ...numbers, findings: [] },
    detail: numbers,
  });
  await applyWaitingCancellations(deps, tx, message, at);
}
