import { type RecordResult, type RecordToRead, recordOf } from '@openbeian/model/authority-v3';
import { isFault } from '@openbeian/model/fault';
import type {
  AuthorityDesk,
  AuthorityStatusQuestion,
  CaseAct,
  CaseAnswer,
  CaseOutcome,
  CaseRow,
  CaseToOpen,
  FiledOrganiser,
  HandoverRow,
  StoreTransaction,
} from '../../ports/index.ts';
import { keepCase } from './applied-file.ts';
import { answerOf, choicesOf } from './case-answers.ts';
import { tablesOfLine } from './code-rows.ts';
import type { Downloader } from './downloader.ts';
import { mapHandover } from './hand-over.ts';
import type { Line, LineOptions } from './line-options.ts';
import { openPaper, readPaper } from './papers.ts';
import type { Uploader } from './uploader.ts';
import { approve, approveUnder, reasonsOf, reject } from './verdicts.ts';

type Ledger = StoreTransaction['authorityLedger'];
type Alongside = (tx: StoreTransaction) => Promise<void>;

/** Who settles a case, and what is written with it. */
interface Who {
  readonly by: string;
  readonly alongside: Alongside | undefined;
}

export interface DeskParts {
  readonly options: LineOptions;
  readonly lines: ReadonlyMap<string, Line>;
  readonly uploader: Uploader;
  readonly downloader: Downloader;
  readonly askStatus: AuthorityDesk['askStatus'];
}

/** What a case of a result holds: it was written by `applyResults`. */
interface KeptResult {
  readonly result: RecordResult;
  readonly opinion: string | null;
}

const ofResults = ['unmatched_result', 'unclear_result', 'returned_to_provider', 'stopped_by_result'];

/** The desk of the lines over interface V3.0. */
export class LineDesk implements AuthorityDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async listLines() {
    const provider = String(this.#parts.options.unit);
    const lines = await this.#ledger((ledger) => ledger.listLines());
    return lines.filter((each) => each.provider === provider);
  }

  listPackages(provinceCode: string, page: Parameters<AuthorityDesk['listPackages']>[1]) {
    return this.#ledger((ledger) => ledger.listPackages(this.#keyOf(provinceCode), page));
  }

  readPackage(id: string): Promise<unknown> {
    return this.#ledger(async (ledger) => {
      const row = await ledger.findPackage(id);
      return row === null ? null : readPaper(this.#parts.options, ledger, row.paperId);
    });
  }

  listDownloads(provinceCode: string, limit: number) {
    return this.#ledger((ledger) => ledger.listDownloads(this.#keyOf(provinceCode), limit));
  }

  readFile(id: string): Promise<unknown> {
    return this.#parts.downloader.readContent(id);
  }

  async listCases(page: Parameters<AuthorityDesk['listCases']>[0]) {
    const rows = await this.#ledger((ledger) => ledger.listCases(page));
    return rows.map((row) => ({ ...row, waits: row.waits && ofResults.includes(row.kind) }));
  }

  async listAnswers(kind: string, provinceCode: string) {
    const { options } = this.#parts;
    return choicesOf(kind, await this.#ledger((ledger) => tablesOfLine(options, ledger, provinceCode)));
  }

  readCase(id: string) {
    return this.#ledger(async (ledger) => {
      const row = await ledger.findCaseForUpdate(id);
      return row === null ? null : { row, content: await readPaper(this.#parts.options, ledger, row.paperId) };
    });
  }

  async readContents(rows: readonly CaseRow[]): Promise<ReadonlyMap<string, unknown>> {
    if (rows.length === 0) return new Map();
    const papers = await this.#ledger((ledger) => ledger.findPapers(rows.map(({ paperId }) => paperId)));
    const byId = new Map(papers.map((paper) => [paper.id, paper]));
    return new Map(
      rows.flatMap(({ id, paperId }) => {
        const paper = byId.get(paperId);
        return paper === undefined ? [] : [[id, openPaper(this.#parts.options, paper)] as const];
      }),
    );
  }

  async readOrganiser(paperId: string, ledger: Ledger): Promise<FiledOrganiser | null> {
    const { subject } = recordOf((await this.#readRecord(paperId, ledger)) ?? {});
    const { name, nature, certificateId, certificateNumber } = subject;
    return subject.id === null ? null : { name, nature, certificateId, certificateNumber };
  }

  readDelivered(differenceId: string): Promise<unknown> {
    return this.#ledger(async (ledger) => {
      const difference = await ledger.findDifference(differenceId);
      const id = difference?.filedSubjectId ?? null;
      const filed = difference === null || id === null ? null : await ledger.findFiledSubject(difference, { id });
      return filed === null ? null : this.#readRecord(filed.paperId, ledger);
    });
  }

  askStatus(provinceCode: string, question: AuthorityStatusQuestion) {
    return this.#parts.askStatus(provinceCode, question);
  }

  openCase({ provider, provinceCode, ...toKeep }: CaseToOpen, ledger: Ledger): Promise<void> {
    const { options } = this.#parts;
    const line = { provider, provinceCode };
    return keepCase({ options, ledger, line, downloadId: null, at: options.clock.now() }, toKeep);
  }

  async #readRecord(paperId: string, ledger: Ledger): Promise<RecordToRead | null> {
    // It was written by `applyRecords`, out of what the codec had read.
    return (await readPaper(this.#parts.options, ledger, paperId)) as RecordToRead | null;
  }

  async settle(caseId: string, act: CaseAct, by: string, alongside?: Alongside): Promise<CaseOutcome> {
    const who = { by, alongside };
    const row = await this.#ledger((ledger) => ledger.findCaseForUpdate(caseId));
    if (row === null || row.endedAt !== null) return 'not_open';
    if (act.act === 'send_again') return this.#sendAgain(row, act, who);
    if (act.act === 'read_again') return this.#readAgain(row, who);
    if (act.act === 'answer_task' || act.act === 'report_unfiled') return this.#answer(row, act, who);
    return this.#ledger(async (ledger, tx) => {
      const open = await ledger.findCaseForUpdate(caseId);
      if (open === null || open.endedAt !== null) return 'not_open';
      if (!(await this.#decide(ledger, open, act))) return 'does_not_fit';
      await this.#end(tx, open, act, who);
      return 'settled';
    });
  }

  /** @returns whether the case is one that can be decided so */
  async #decide(
    ledger: Ledger,
    row: CaseRow,
    act: Exclude<CaseAct, { act: 'send_again' | 'read_again' | CaseAnswer['act'] }>,
  ) {
    if (row.kind === 'numbers_unfit') return this.#decideNumbers(ledger, row, act);
    if (act.act === 'seen') return !(await this.#isWaitedFor(ledger, row));
    if (!ofResults.includes(row.kind)) return false;
    const submissionId = act.act === 'is_about' ? act.submissionId : row.submissionId;
    const handover = submissionId === null ? null : await ledger.findHandoverForUpdate(submissionId);
    const isOfLine = handover?.provider === row.provider && handover.provinceCode === row.provinceCode;
    if (handover === null || !isOfLine || handover.state === 'ended') return false;
    const { options } = this.#parts;
    const file = { options, ledger, line: row, at: options.clock.now() };
    if (act.act === 'approved_under') {
      const { subjectNumber, serviceNumber } = act;
      await approveUnder(file, handover, { subjectNumber, serviceNumber }, row.downloadId);
      return true;
    }
    // It was written by `applyResults`.
    const { result, opinion } = (await readPaper(options, ledger, row.paperId)) as KeptResult;
    if (act.act === 'is_about' && (result.outcome === 'approved' || result.outcome === 'done_already')) {
      await approve(file, handover, row.downloadId);
      return true;
    }
    const reasons = reasonsOf(result, opinion);
    if (reasons.length === 0) return false;
    await reject(file, handover, reasons, row.downloadId);
    return true;
  }

  /** A filing goes on with its decision alone: with a case that was merely seen there would be nothing left to decide it by. */
  async #isWaitedFor(ledger: Ledger, { kind, submissionId }: CaseRow): Promise<boolean> {
    if (submissionId === null || !ofResults.includes(kind)) return false;
    return (await ledger.findHandoverForUpdate(submissionId))?.state === 'with_operator';
  }

  /** That it was seen is no decision: its filing would wait for ever. @returns whether the act is one */
  async #decideNumbers(ledger: Ledger, row: CaseRow, act: CaseAct): Promise<boolean> {
    const handover = row.submissionId === null ? null : await ledger.findHandoverForUpdate(row.submissionId);
    if (handover?.state !== 'with_operator') return false;
    const { options } = this.#parts;
    const file = { options, ledger, line: row, at: options.clock.now(), caseId: row.id };
    if (act.act === 'approved_under') {
      const { subjectNumber, serviceNumber } = act;
      await approveUnder(file, handover, { subjectNumber, serviceNumber }, row.downloadId);
      return true;
    }
    if (act.act !== 'return_to_customer') return false;
    // It was written by `holdApproval` of the flows.
    const { because } = (await readPaper(options, ledger, row.paperId)) as {
      readonly because: { readonly zh: string; readonly en: string };
    };
    await reject(
      file,
      handover,
      [{ code: null, field: null, text: because.zh, returnedBecause: because.en }],
      row.downloadId,
    );
    return true;
  }

  async #sendAgain(row: CaseRow, { fresh }: Extract<CaseAct, { act: 'send_again' }>, who: Who): Promise<CaseOutcome> {
    const { lines, uploader } = this.#parts;
    const line = lines.get(row.provinceCode);
    const { submissionId } = row;
    if (submissionId === null || line === undefined || !ofResults.includes(row.kind)) return 'does_not_fit';
    const found = await this.#ledger(async (ledger) => ({
      handover: await ledger.findHandover(submissionId),
      before: await ledger.findPackageOf(submissionId),
    }));
    const { handover, before } = found;
    if (handover?.state !== 'with_operator' || before === null) return 'does_not_fit';
    try {
      const upload = fresh === undefined ? null : await this.#mapAgain(line, handover, fresh);
      await uploader.resend(line, { submissionId, state: handover.state, upload });
    } catch (error) {
      if (!isFault(error)) throw error;
      return 'failed';
    }
    await this.#ledger((_ledger, tx) => this.#end(tx, row, { act: 'send_again' }, who));
    return 'settled';
  }

  /** Under the provider’s own numbers that it had. */
  async #mapAgain(
    line: Line,
    { ownSubject }: HandoverRow,
    fresh: NonNullable<Extract<CaseAct, { act: 'send_again' }>['fresh']>,
  ) {
    const { submission, enclosed } = fresh;
    const mapped = await mapHandover(this.#parts.options, line, submission, { enclosed, firstOwnId: ownSubject });
    return mapped.upload;
  }

  /** The answer goes in a package of its own; the case ends with it, by whichever process hears that the authority has it. */
  async #answer(row: CaseRow, act: CaseAnswer, { by, alongside }: Who): Promise<CaseOutcome> {
    const { options, lines, uploader } = this.#parts;
    const line = lines.get(row.provinceCode);
    const { unit, clock } = options;
    const content = await this.#ledger((ledger) => readPaper(options, ledger, row.paperId));
    const upload = content === null ? null : answerOf(act, content, { unit, row, at: clock.now() });
    if (line === undefined || upload === null) return 'does_not_fit';
    const record = async (ledger: Ledger, tx: StoreTransaction) => {
      if ((await ledger.findCaseForUpdate(row.id))?.endedAt != null) throw new Answered();
      await alongside?.(tx);
    };
    try {
      const answers = { caseId: row.id, by };
      await uploader.send(line, async () => ({ content: { upload }, submissionId: null, record, answers }), null);
      return 'settled';
    } catch (error) {
      if (error instanceof Answered) return 'not_open';
      if (!isFault(error)) throw error;
      return isFault(error, 'authority.not_sendable') ? 'does_not_fit' : 'failed';
    }
  }

  async #readAgain(row: CaseRow, who: Who): Promise<CaseOutcome> {
    const line = this.#parts.lines.get(row.provinceCode);
    if (row.kind !== 'unreadable_file' || row.downloadId === null || line === undefined) return 'does_not_fit';
    if (!(await this.#parts.downloader.readAgain(line, row.downloadId))) return 'failed';
    await this.#ledger((_ledger, tx) => this.#end(tx, row, { act: 'read_again' }, who));
    return 'settled';
  }

  async #end(tx: StoreTransaction, { id }: CaseRow, { act }: CaseAct, { by, alongside }: Who): Promise<void> {
    await tx.authorityLedger.endCase(id, act, by, this.#parts.options.clock.now());
    await alongside?.(tx);
  }

  #keyOf(provinceCode: string) {
    return { provider: String(this.#parts.options.unit), provinceCode };
  }

  #ledger<Result>(work: (ledger: Ledger, tx: StoreTransaction) => Promise<Result>): Promise<Result> {
    return this.#parts.options.store.transaction((tx) => work(tx.authorityLedger, tx));
  }
}

/** Somebody else has answered meanwhile. */
class Answered extends Error {}
