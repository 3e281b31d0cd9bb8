import { randomUUID } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { findUncarriable, queryConditions } from '@openbeian/authority-wire/v3';
import type { NotCarried } from '@openbeian/model/authority-v3';
import { dayOf } from '@openbeian/model/calendar';
import { rowsOn, valueOf } from '@openbeian/model/code-tables';
import { Fault } from '@openbeian/model/fault';
import type {
  Authority,
  AuthorityDesk,
  AuthorityEnclosures,
  AuthorityMessage,
  AuthorityStatus,
  AuthorityStatusQuestion,
  AuthoritySubmission,
  HandoverRow,
  PackageRow,
  StoreTransaction,
  UnreadableMessage,
} from '../../ports/index.ts';
import { Downloader } from './downloader.ts';
import { atFormFields } from './form-places.ts';
import { type MappedHandover, mapHandover, operationCode, ownIdsOf } from './hand-over.ts';
import { busyLine } from './hold-line.ts';
import { LineDesk } from './line-desk.ts';
import { followOf, noLine, notSendable, troubleOf, waiting } from './line-faults.ts';
import type { Line, LineOptions } from './line-options.ts';
import { readPaper } from './papers.ts';
import { Uploader } from './uploader.ts';
import { approve, approveUnder } from './verdicts.ts';

type Ledger = StoreTransaction['authorityLedger'];

/** How long all provinces together are waited for in one look. */
const lookPatienceMs = 10_000;
/** Provinces that are asked side by side about the same. */
const mostAsked = 8;
/** What is due of a line in one look: sent again, asked for. */
const mostDue = 10;

/** Of a filing number; the interface has 128 characters. What is longer is none. */
const longestNumber = 128;

const wait = (ms: number, signal?: AbortSignal): Promise<void> => pauseFor(ms, undefined, { signal }).catch(() => {});

/** The lines to provinces over interface V3.0 as the port has them; what they have to remember is in the store. */
export class V3Authority implements Authority {
  readonly #options: LineOptions;
  readonly #lines: ReadonlyMap<string, Line>;
  readonly #uploader: Uploader;
  readonly #downloader: Downloader;
  readonly desk: AuthorityDesk;
  #areLinesThere: Promise<void> | null = null;
  /** Under way, by province. */
  readonly #looks = new Map<string, Promise<void>>();

  constructor(options: LineOptions) {
    this.#options = options;
    const provider = String(options.unit);
    this.#lines = new Map(
      [...options.exchanges].map(([provinceCode, exchange]) => [provinceCode, { provider, provinceCode, exchange }]),
    );
    const owner = randomUUID();
    this.#uploader = new Uploader(options, owner);
    this.#downloader = new Downloader(options, owner);
    this.desk = new LineDesk({
      options,
      lines: this.#lines,
      uploader: this.#uploader,
      downloader: this.#downloader,
      askStatus: (provinceCode, question) => this.#askAbout(provinceCode, question),
    });
  }

  async submit(submission: AuthoritySubmission, enclosed?: AuthorityEnclosures) {
    const line = await this.#lineOf(submission.provinceCode);
    const { id } = submission;
    const before = await this.#ledger(async (ledger) => ({
      handover: await ledger.findHandover(id),
      sent: await ledger.findPackageOf(id),
    }));
    if (before.sent?.state === 'accepted') return receiptOf(line, before.sent);
    const firstOwnId = before.handover?.ownSubject ?? (await this.#takeOwnIds(line, submission));
    const mapped = await mapHandover(this.#options, line, submission, { enclosed, firstOwnId });
    const { upload } = mapped;
    this.#refuseLosses(mapped);
    if (upload === null) throw notSendable(mapped.notCarried);
    const make = async () => {
      await this.#ledger((ledger) => refuseOccupied(ledger, line, submission, mapped));
      return {
        content: { upload },
        submissionId: id,
        record: async (ledger: Ledger) => {
          const known = await ledger.findHandover(id);
          if (known === null) await ledger.insertHandover(handoverOf(line, submission, mapped, this.#options));
          // Another process has begun it meanwhile: its numbers count.
          else if (known.ownSubject !== firstOwnId) throw busyLine();
        },
      };
    };
    return receiptOf(line, await atFormFields(() => this.#uploader.send(line, make, id)));
  }

  async findReceipt(submissionId: string, ledger: Ledger) {
    const sent = await ledger.findPackageOf(submissionId);
    if (sent === null) return null;
    const state = (await ledger.findHandover(submissionId))?.state ?? 'sending';
    // A result proves that the authority has it, also where the answer to the upload was lost.
    const isDecided = sent.state === 'sending' && state !== 'sending' && state !== 'retry';
    return sent.state === 'accepted' || isDecided ? receiptOf(sent, sent) : null;
  }

  async listLosses(submission: AuthoritySubmission, enclosed: AuthorityEnclosures, ledger: Ledger) {
    const line = this.#findLine(submission.provinceCode);
    if (line === undefined) return [noLine(submission.provinceCode)];
    // Nothing is sent: numbers of its own are not spent on a question.
    return this.#withStops(await mapHandover(this.#options, line, submission, { enclosed, firstOwnId: 1, ledger }));
  }

  findUncarried(text: string): readonly string[] {
    return findUncarriable(text).map(({ character }) => character);
  }

  #findLine(provinceCode: string): Line | undefined {
    return this.#lines.get(provinceCode) ?? this.#lines.get(`${provinceCode.slice(0, 2)}0000`);
  }

  async fetchMessages(limit: number): Promise<readonly (AuthorityMessage | UnreadableMessage)[]> {
    const failure = await this.#lookEverywhere();
    const messages = await this.#ledger(async (ledger) => {
      const read: (AuthorityMessage | UnreadableMessage)[] = [];
      for (const { messageId, paperId } of await ledger.listArrivals(limit)) {
        // It was written by `putArrival`.
        const message = (await readPaper(this.#options, ledger, paperId)) as AuthorityMessage | null;
        read.push(message ?? { kind: 'unreadable', messageId, raw: '', places: [] });
      }
      return read;
    });
    if (messages.length === 0 && failure !== null) throw failure;
    return messages;
  }

  /**
   * Every province that has something to do, at once. One that takes its time is not waited for any longer, nor the next time, while it goes on; what it brings is
   * told when it has come.
   * @returns what went wrong in one of them; the others are not kept
   */
  async #lookEverywhere(): Promise<unknown> {
    let failure: unknown = null;
    await this.#putLines();
    const provider = String(this.#options.unit);
    const busy = await this.#ledger((ledger) => ledger.listBusyProvinces(provider, this.#options.clock.now()));
    const waited = busy.flatMap((province) => {
      if (!this.#lines.has(province)) return [];
      const underWay = this.#looks.get(province);
      if (underWay !== undefined) return [];
      const look = this.#lookAt(province)
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => this.#looks.delete(province));
      this.#looks.set(province, look);
      return [look];
    });
    const { pause = wait } = this.#options;
    const enough = new AbortController();
    await Promise.race([Promise.all(waited), pause(lookPatienceMs, enough.signal)]);
    enough.abort();
    return failure;
  }

  async #lookAt(province: string): Promise<void> {
    const line = await this.#lineOf(province);
    await this.#downloader.look(line);
    await this.#doDue(line);
  }

  readMessage(): null {
    return null;
  }

  async acknowledge(messageId: string): Promise<void> {
    const at = this.#options.clock.now();
    await this.#ledger((ledger) => ledger.markTaken(messageId, at));
  }

  async findStatus(question: AuthorityStatusQuestion): Promise<AuthorityStatus | null> {
    const asked = this.#conditionOf(question);
    if (asked === null) return null;
    const filed = Promise.withResolvers<AuthorityStatus>();
    let unfiled: AuthorityStatus | null = null;
    let failure: unknown = null;
    const provinces = [...this.#lines.keys()];
    const askInTurn = async () => {
      for (let next = provinces.shift(); next !== undefined; next = provinces.shift()) {
        try {
          const found = await this.#askStatus(await this.#lineOf(next), asked);
          if (found?.filed === true) {
            provinces.length = 0;
            filed.resolve(found);
          }
          unfiled ??= found;
        } catch (error) {
          failure ??= error;
        }
      }
    };
    // One that takes its time holds up none of the others; where one has it filed, the rest is not waited for.
    const all = Promise.all(Array.from({ length: mostAsked }, askInTurn));
    const found = await Promise.race([filed.promise, all.then(() => null)]);
    if (found !== null) return found;
    if (failure !== null) throw failure;
    return unfiled;
  }

  /** One province, and never while its line is closed or stopped. */
  async #askAbout(provinceCode: string, question: AuthorityStatusQuestion): Promise<AuthorityStatus | null> {
    const line = await this.#lineOf(provinceCode);
    const condition = this.#conditionOf(question);
    if (condition === null) return null;
    this.#uploader.refuseWaiting(await this.#ledger((ledger) => ledger.findLine(line)));
    return this.#askStatus(line, condition);
  }

  async #askStatus(line: Line, { type, text }: Condition): Promise<AuthorityStatus | null> {
    const answer = await line.exchange.queryStatus(type, text);
    if (answer === null) return null;
    const known = followOf(answer);
    await this.#ledger((ledger) =>
      ledger.noteAnswer(line, 'isp_querybeianstatus', known.code, this.#options.clock.now()),
    );
    if (known.follow.act === 'stop') throw waiting(troubleOf(known), 900, false);
    if (known.follow.act === 'retry') throw waiting(troubleOf(known), known.follow.afterMinutes * 60, false);
    const info = answer.StatusInfo;
    if (info?.Bazt === undefined) return null;
    const filed = info.Bazt === 0;
    const numberOf = (text = '') => (filed && text.length <= longestNumber ? text.trim() || null : null);
    return { filed, subjectNumber: numberOf(info.Ztbah), serviceNumber: numberOf(info.Wzbah) };
  }

  #conditionOf(question: AuthorityStatusQuestion): Condition | null {
    if (question.by === 'domain_name') return conditionOf(queryConditions.domain_name, question.domainName);
    const rows = rowsOn(this.#options.codeTables.certificates, dayOf(this.#options.clock.now()));
    const row = rows.find((each) => valueOf(each) === question.certificateType);
    // Its kinds of certificates are the first eleven rows of the table.
    if (row === undefined || row.id > queryConditions.taiwan_permit) return null;
    return conditionOf(row.id, question.certificateNumber);
  }

  /** What has to be done on a line by time: sent again after a while, numbers asked for. */
  async #doDue(line: Line): Promise<void> {
    const at = this.#options.clock.now();
    const due = await this.#ledger(async (ledger) => {
      const row = await ledger.findLine(line);
      const isClosed = row?.closedUntil != null && Date.parse(at) < Date.parse(row.closedUntil);
      if (row?.stoppedAt != null || isClosed) return null;
      const sending = await ledger.findSending(line);
      const sentFor = sending?.submissionId == null ? null : await ledger.findHandover(sending.submissionId);
      return {
        // Its result has come, so that nobody sends it again and finds out.
        isLeft: sentFor !== null && sentFor.state !== 'sending' && sentFor.state !== 'retry',
        again: await ledger.listDue(line, 'retry', at, mostDue),
        numberless: await ledger.listDue(line, 'awaiting_numbers', at, mostDue),
      };
    });
    if (due?.isLeft === true) await this.#uploader.settle(line);
    for (const { submissionId, state } of due?.again ?? []) {
      await this.#uploader.resend(line, { submissionId, state, upload: null });
    }
    for (const handover of due?.numberless ?? []) await this.#askNumbers(line, handover);
  }

  /** Of an approval that no file has brought the numbers of. */
  async #askNumbers(line: Line, { submissionId, domainName }: HandoverRow): Promise<void> {
    const condition = conditionOf(queryConditions.domain_name, domainName);
    const status = condition === null ? null : await this.#askStatus(line, condition);
    const at = this.#options.clock.now();
    await this.#ledger(async (ledger) => {
      const handover = await ledger.findHandoverForUpdate(submissionId);
      if (handover?.state !== 'awaiting_numbers') return;
      const file = { options: this.#options, ledger, line, at };
      if (await approve(file, handover, null)) return;
      const { subjectNumber, serviceNumber } = status ?? {};
      if (subjectNumber && serviceNumber) {
        await approveUnder(file, handover, { subjectNumber, serviceNumber }, null);
        return;
      }
      const dueAt = new Date(Date.parse(at) + this.#options.downloadEveryMs).toISOString();
      await ledger.updateHandover(submissionId, { dueAt });
    });
  }

  #refuseLosses(mapped: MappedHandover): void {
    const stopping = this.#withStops(mapped).filter(({ blocks }) => blocks);
    if (stopping.length > 0) throw notSendable(stopping);
  }

  /** What the deployment does not want left out blocks, too. */
  #withStops({ notCarried }: MappedHandover): NotCarried[] {
    return notCarried.map((one) => ({ ...one, blocks: one.blocks || this.#options.lossesThatStop.includes(one.kind) }));
  }

  #takeOwnIds(line: Line, submission: AuthoritySubmission): Promise<number> {
    return this.#ledger((ledger) => ledger.takeOwnIds(line, ownIdsOf(submission)));
  }

  async #lineOf(provinceCode: string): Promise<Line> {
    const line = this.#findLine(provinceCode);
    if (line === undefined) throw notSendable([noLine(provinceCode)]);
    await this.#putLines();
    return line;
  }

  /** Every line has a row from the first time on that anything is done with one. */
  #putLines(): Promise<void> {
    this.#areLinesThere ??= this.#ledger(async (ledger) => {
      for (const each of this.#lines.values()) await ledger.putLine(each);
    }).catch((error: unknown) => {
      this.#areLinesThere = null;
      throw error;
    });
    return this.#areLinesThere;
  }

  #ledger<Result>(work: (ledger: Ledger) => Promise<Result>): Promise<Result> {
    return this.#options.store.transaction(({ authorityLedger }) => work(authorityLedger));
  }
}

interface Condition {
  readonly type: number;
  readonly text: string;
}

/** Null for what the interface does not let be asked. */
function conditionOf(type: number, text: string): Condition | null {
  return text.length < 4 || findUncarriable(text).length > 0 ? null : { type, text };
}

const receiptOf = (
  { provinceCode }: Pick<Line, 'provinceCode'>,
  { submissionId, sequence, answeredAt, madeAt }: PackageRow,
) => ({
  submissionId: submissionId ?? '',
  receipt: `${provinceCode}-${sequence}`,
  receivedAt: answeredAt ?? madeAt,
});

function handoverOf(
  { provider, provinceCode }: Line,
  submission: AuthoritySubmission,
  { ids }: MappedHandover,
  { clock }: LineOptions,
) {
  return {
    provider,
    provinceCode,
    submissionId: submission.id,
    filingId: submission.filingId,
    operation: operationCode(submission),
    state: 'sending' as const,
    ...ids,
    domainName: submission.service.domainName,
    madeAt: clock.now(),
  };
}

/** Operations whose results name the subject only (`Bs`), so that two of one subject could not be told apart. */
const knownBySubject = [2, 3, 4];

/** @throws Fault `authority.occupied` while an earlier hand-over is open whose result would be known by the same number */
async function refuseOccupied(
  ledger: Ledger,
  line: Line,
  submission: AuthoritySubmission,
  { ids }: MappedHandover,
): Promise<void> {
  const operation = operationCode(submission);
  if (!knownBySubject.includes(operation)) return;
  const { subjectId, subjectNumber } = ids;
  const open = [
    ...(subjectId === null ? [] : await ledger.listMeant(line, operation, { id: subjectId }, 'open')),
    ...(subjectNumber === null ? [] : await ledger.listMeant(line, operation, { number: subjectNumber }, 'open')),
  ];
  const other = open.find(({ submissionId }) => submissionId !== submission.id);
  if (other === undefined) return;
  throw new Fault('authority.occupied', {
    detail: {
      zh: `同一主体的上一件订单 ${other.filingId} 尚未收到管局结果`,
      en: `the authority has not decided on filing ${other.filingId} of the same organiser yet`,
    },
  });
}
