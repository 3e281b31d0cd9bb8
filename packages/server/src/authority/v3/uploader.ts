import type { Answer, PackedDocument, UploadData } from '@openbeian/authority-wire/v3';
import type { Fault } from '@openbeian/model/fault';
import type { HandoverState, LineRow, LineTrouble, PackageRow, StoreTransaction } from '../../ports/index.ts';
import { keepCase } from './applied-file.ts';
import { busyLine, whileHolding } from './hold-line.ts';
import { followOf, troubleOf, unreachable, waiting } from './line-faults.ts';
import type { Line, LineOptions } from './line-options.ts';
import { packAside } from './packing/pack-aside.ts';
import { putZipped, readZipped } from './papers.ts';

type Ledger = StoreTransaction['authorityLedger'];

/** What was kept of a package, zipped: it goes again as it was. */
interface KeptContent {
  readonly paper: Uint8Array;
}

/** What one package is about. */
export interface ToSend {
  readonly content: { readonly upload: UploadData } | KeptContent;
  /** Null: an answer to the authority. */
  readonly submissionId: string | null;
  /** The case that it answers, and who answers it. */
  readonly answers?: { readonly caseId: string; readonly by: string };
  /** Written together with the package, in its transaction. */
  readonly record: (ledger: Ledger, tx: StoreTransaction) => Promise<void>;
}

/** Most packages that are sent again by themselves because the authority counts from before them; more takes an operator. */
const mostAgain = 20;
/** `dataSequence` has 32 bits. */
const largestSequence = 0x7fff_ffff;
/** Another error: the interface has no code of its own for a number that the authority has already. */
const otherError = 999;
/** How long it is waited for a line that another process has. */
const patienceMs = 20_000;

/**
 * Sends packages of a line one after the other under numbers without a gap, whoever sends: one process at a time has the line, and what
 * is sent is written down first with its number. When nobody knows whether the authority has a package, it is asked before
 * anything else goes out, and the same package goes again under the same number.
 */
export class Uploader {
  readonly #options: LineOptions;
  readonly #owner: string;
  /** Of this process, by line. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(options: LineOptions, owner: string) {
    this.#options = options;
    this.#owner = owner;
  }

  /**
   * Sends a package; one of the same hand-over that was accepted already is not sent again.
   * @returns the package as it was accepted
   * @throws Fault `authority.unreachable`, `authority.not_sendable`
   */
  send(line: Line, make: () => Promise<ToSend>, submissionId: string | null): Promise<PackageRow> {
    return this.#inTurn(line, async () => {
      const state = await this.#ledger((ledger) => ledger.findLine(line));
      this.refuseWaiting(state);
      await this.#settle(line);
      const known = submissionId === null ? null : await this.#ledger((ledger) => ledger.findPackageOf(submissionId));
      if (known?.state === 'accepted') return known;
      return this.#sendNew(line, await make(), known);
    });
  }

  /**
   * Sends what was accepted once more under a new number: the authority has to look at it again. Nothing is sent where its hand-over is
   * not in `state` any more: it was under way when somebody broke off, another process was faster, or its verdict has come.
   * @param to the hand-over in that state, with `upload` as it is now; null: as it was
   */
  resend(
    line: Line,
    { submissionId, state, upload }: { submissionId: string; state: HandoverState; upload: UploadData | null },
  ): Promise<void> {
    return this.#inTurn(line, async () => {
      this.refuseWaiting(await this.#ledger((ledger) => ledger.findLine(line)));
      await this.#settle(line);
      const [handover, before] = await this.#ledger(async (ledger) => [
        await ledger.findHandover(submissionId),
        await ledger.findPackageOf(submissionId),
      ]);
      if (handover?.state !== state || before === null) return;
      const record = async (ledger: Ledger) => {
        const now = await ledger.findHandoverForUpdate(submissionId);
        if (now?.state !== state) throw busyLine();
        await ledger.updateHandover(submissionId, { state: 'retry', dueAt: this.#options.clock.now() });
      };
      const content = upload === null ? await this.#contentOf(before) : { upload };
      await this.#sendNew(line, { content, submissionId, record }, before);
    });
  }

  /** Finds out about the package that was under way when somebody broke off, where nothing else is to be sent. */
  settle(line: Line): Promise<void> {
    return this.#inTurn(line, () => this.#settle(line));
  }

  /**
   * @param known the latest package of the same hand-over as it was looked up. Who was held up for longer than its turn lasts, as by a machine
   *   that stood still, finds another one: it was sent meanwhile, and a second one would be another filing to the authority.
   */
  async #sendNew(
    line: Line,
    { content, submissionId, record, answers }: ToSend,
    known: PackageRow | null,
  ): Promise<PackageRow> {
    const { clock, ids, cipher } = this.#options;
    const madeAt = clock.now();
    const packed = await packAside({ ...content, madeAt }, cipher);
    const sending = await this.#ledger(async (ledger, tx) => {
      const row = await ledger.findLineForUpdate(line);
      const latest = submissionId === null ? null : await ledger.findPackageOf(submissionId);
      if ((latest?.id ?? null) !== (known?.id ?? null)) throw busyLine();
      const id = ids.next('pkg');
      await record(ledger, tx);
      await ledger.insertPackage({
        provider: line.provider,
        provinceCode: line.provinceCode,
        id,
        sequence: (row?.acceptedSequence ?? 0) + 1,
        submissionId,
        caseId: answers?.caseId ?? null,
        madeBy: answers?.by ?? null,
        contentDigest: packed.document.beianInfoHash,
        bytes: packed.bytes,
        paperId: await putZipped(this.#options, ledger, packed.paper),
        madeAt,
      });
      return ledger.findPackage(id);
    });
    if (sending === null) throw new Error('the package was just written');
    return this.#sendUntilAnswered(line, sending, packed.document);
  }

  /** Whether the authority has the package that was under way when somebody broke off; afterwards none is. */
  async #settle(line: Line): Promise<void> {
    const sending = await this.#ledger((ledger) => ledger.findSending(line));
    if (sending === null) return;
    const previous = await this.#askPrevious(line);
    if (previous.sequence === sending.sequence && isSame(previous, sending)) {
      await this.#accept(line, sending, null);
      return;
    }
    await this.#sendUntilAnswered(line, sending, await this.#pack(sending));
  }

  /** One package until it is accepted or refused. Refused ones give their number back. */
  async #sendUntilAnswered(line: Line, sending: PackageRow, packed: PackedDocument): Promise<PackageRow> {
    for (let round = 0; round < 3; round += 1) {
      const now = await this.#beginTry(sending.id);
      if (now.state === 'accepted') return now;
      const { sequence } = now;
      const answer = await line.exchange.upload(packed, sequence);
      const { code, follow } = followOf(answer);
      await this.#ledger((ledger) => ledger.noteAnswer(line, 'isp_upload', code, this.#options.clock.now()));
      if (follow.act === 'go_on' || follow.act === 'download_more' || follow.act === 'nothing') {
        return this.#accept(line, { ...sending, sequence }, code);
      }
      const previous = await this.#previousAfter(line, code, sequence);
      if (previous === null) throw await this.#refuse(line, sending, answer);
      const next = await this.#resynchronise(line, { ...sending, sequence }, previous);
      if (next === 'there') return this.#accept(line, { ...sending, sequence }, code);
      if (next !== 'again') return next;
    }
    throw await this.#stop(line, sending, {
      code: '14',
      zh: '反复对齐序号后管局仍提示缺少此前的上报',
      en: 'the authority still misses an earlier upload after the numbers were aligned',
    });
  }

  /**
   * Counts a try, unless another process has settled the package meanwhile: it had the line while this one stood still, and what it found
   * out counts.
   * @returns the package as it is now: still to be sent, or taken
   */
  async #beginTry(id: string): Promise<PackageRow> {
    const now = await this.#ledger(async (ledger) => {
      await ledger.countTry(id);
      return ledger.findPackage(id);
    });
    if (now === null || now.state === 'unsent') throw busyLine();
    return now;
  }

  async #accept(line: Line, taken: PackageRow, code: number | null) {
    const { id, sequence } = taken;
    const { clock, downloadEveryMs, quietDownloadEveryMs = downloadEveryMs } = this.#options;
    const at = clock.now();
    const soon = new Date(Date.parse(at) + downloadEveryMs).toISOString();
    return this.#ledger(async (ledger) => {
      const row = await ledger.findLineForUpdate(line);
      if (quietDownloadEveryMs > downloadEveryMs) await ledger.hastenLook(line, soon);
      await ledger.settlePackage(id, 'accepted', code, at);
      if ((row?.acceptedSequence ?? 0) < sequence) await ledger.setAccepted(line, sequence);
      if (row?.closedUntil !== null) await ledger.closeLine(line, null, null);
      await this.#end(ledger, taken, at);
      const accepted = await ledger.findPackage(id);
      if (accepted === null) throw new Error('the package was just accepted');
      return accepted;
    });
  }

  /** What waited for the package waits no longer: the authority has it. */
  async #end(ledger: Ledger, { submissionId, caseId, madeBy }: PackageRow, at: string): Promise<void> {
    if (caseId !== null) await ledger.endCase(caseId, 'answered', madeBy ?? 'authority', at);
    const handover = submissionId === null ? null : await ledger.findHandoverForUpdate(submissionId);
    if (handover?.state !== 'sending' && handover?.state !== 'retry') return;
    await ledger.updateHandover(handover.submissionId, { state: 'waiting', acceptedAt: at, dueAt: null });
  }

  /** The authority has not taken it: its number is free, and the line waits or stops. */
  async #refuse(line: Line, sending: PackageRow, answer: Answer<'isp_upload'>): Promise<Fault> {
    const known = followOf(answer);
    const trouble = troubleOf(known);
    const { follow } = known;
    if (follow.act !== 'retry') return this.#stop(line, sending, trouble);
    const { clock } = this.#options;
    const until = new Date(Date.parse(clock.now()) + follow.afterMinutes * 60_000).toISOString();
    return this.#ledger(async (ledger) => {
      if (!(await ledger.settlePackage(sending.id, 'unsent', known.code, clock.now()))) return busyLine();
      await ledger.closeLine(line, until, trouble);
      return waiting(trouble, follow.afterMinutes * 60, false);
    });
  }

  async #stop(line: Line, sending: PackageRow, trouble: LineTrouble): Promise<Fault> {
    const at = this.#options.clock.now();
    return this.#ledger(async (ledger) => {
      // Who settled it meanwhile knows better than an answer to a number that is over.
      if (!(await ledger.settlePackage(sending.id, 'unsent', Number(trouble.code), at))) return busyLine();
      await ledger.stopLine(line, at, trouble);
      return waiting(trouble, stoppedSeconds, true);
    });
  }

  /**
   * Aligns the numbers after code 14. What the authority lost of what it had accepted goes again under its own numbers; where it has
   * more than is known here (a restored database), counting goes on from there, and an operator is told.
   * @returns whether the package is there already, or has to be tried again, under the number that it has now; or what is there instead of it
   */
  async #resynchronise(line: Line, sending: PackageRow, previous: Previous): Promise<'there' | 'again' | PackageRow> {
    if (previous.sequence === sending.sequence && isSame(previous, sending)) return 'there';
    if (previous.sequence < 0 || previous.sequence >= largestSequence) {
      throw await this.#stop(line, sending, {
        code: '14',
        zh: `管局称最近一次上报的序号为 ${previous.sequence}，不是有效序号`,
        en: `the authority says that its last upload is number ${previous.sequence}, which is no number of an upload`,
      });
    }
    if (previous.sequence >= sending.sequence) return (await this.#goOnFrom(line, sending, previous)) ?? 'again';
    const missing = sending.sequence - previous.sequence - 1;
    const lost = await this.#ledger(async (ledger) => {
      const found: PackageRow[] = [];
      for (let sequence = previous.sequence + 1; sequence < sending.sequence && missing <= mostAgain; sequence += 1) {
        const each = await ledger.findInSequence(line, sequence);
        if (each !== null) found.push(each);
      }
      return found;
    });
    if (lost.length < missing) {
      throw await this.#stop(line, sending, {
        code: '14',
        zh: `管局只收到第 ${previous.sequence} 号，本地应报第 ${sending.sequence} 号，中间的数据包过多或已清除`,
        en: `the authority has ${previous.sequence}, the next here is ${sending.sequence}, and what is between is too much or gone`,
      });
    }
    for (const each of lost) {
      const answer = await line.exchange.upload(await this.#pack(each), each.sequence);
      if (followOf(answer).follow.act !== 'go_on') throw await this.#refuse(line, sending, answer);
    }
    return 'again';
  }

  /** @returns the last upload that the authority has, where its answer may be about numbers; null: the answer is about something else */
  async #previousAfter(line: Line, code: number, sequence: number): Promise<Previous | null> {
    if (followOf({ msg_code: code }).follow.act === 'resynchronise') return this.#askPrevious(line);
    if (code !== otherError) return null;
    const previous = await this.#askPrevious(line);
    return previous.sequence >= sequence && previous.digest !== null ? previous : null;
  }

  /**
   * Counts on from the authority's last upload. That may be one that was taken for refused: a call that was slow came after its repetition
   * had been answered. Then it is accepted now, and what was to be sent in its place is not.
   * @returns the package that is there instead of `sending`, if so
   */
  async #goOnFrom(line: Line, sending: PackageRow, { sequence, digest }: Previous): Promise<PackageRow | null> {
    const at = this.#options.clock.now();
    return this.#ledger(async (ledger) => {
      const row = await ledger.findLineForUpdate(line);
      const late = digest === null ? null : await ledger.findUnsent(line, digest);
      const isInstead = late !== null && isAboutTheSame(late, sending);
      const isOurs = isInstead
        ? await ledger.settlePackage(sending.id, 'unsent', null, at)
        : await ledger.renumberPackage(sending.id, sequence + 1);
      // Another process has settled it.
      if (!isOurs) return null;
      await ledger.setAccepted(line, sequence);
      if (late !== null && (await ledger.acceptUnsent(late.id, sequence, at))) await this.#end(ledger, late, at);
      const known = row?.acceptedSequence ?? 0;
      if (late === null || sequence > known + 1) {
        const moved = { kind: 'sequence_moved', about: `${known}-${sequence}`, content: { known, sequence } } as const;
        await keepCase({ options: this.#options, ledger, line, downloadId: null, at }, moved);
      }
      return isInstead ? ledger.findPackage(late.id) : null;
    });
  }

  async #askPrevious(line: Line): Promise<Previous> {
    const answer = await line.exchange.previousUpload();
    const known = followOf(answer);
    await this.#ledger((ledger) =>
      ledger.noteAnswer(line, 'isp_querypreviousupload', known.code, this.#options.clock.now()),
    );
    const { follow } = known;
    if (follow.act === 'retry') throw waiting(troubleOf(known), follow.afterMinutes * 60, false);
    if (follow.act === 'stop') {
      await this.#ledger((ledger) => ledger.stopLine(line, this.#options.clock.now(), troubleOf(known)));
      throw waiting(troubleOf(known), stoppedSeconds, true);
    }
    const { dataSequence = 0, beianInfoHash } = answer.fileInfos ?? {};
    return { sequence: dataSequence, digest: beianInfoHash?.trim() || null };
  }

  /** The same document as it was sent first: the same digest, so that the authority may know it again. */
  async #pack(row: PackageRow): Promise<PackedDocument> {
    const { document } = await packAside({ ...(await this.#contentOf(row)), madeAt: row.madeAt }, this.#options.cipher);
    return document;
  }

  async #contentOf({ paperId }: PackageRow): Promise<KeptContent> {
    const paper = await this.#ledger((ledger) => readZipped(this.#options, ledger, paperId));
    if (paper === null) throw unreachable({ zh: '已报送的数据包已清除', en: 'the package that was sent is gone' });
    return { paper };
  }

  /** @throws Fault `authority.unreachable` while the line is closed or stopped */
  refuseWaiting(row: LineRow | null): void {
    if (row === null) return;
    if (row.stoppedAt !== null && row.stoppedBecause !== null) throw waiting(row.stoppedBecause, stoppedSeconds, true);
    const leftMs = row.closedUntil === null ? 0 : Date.parse(row.closedUntil) - Date.parse(this.#options.clock.now());
    if (leftMs > 0 && row.closedBecause !== null) throw waiting(row.closedBecause, Math.ceil(leftMs / 1000), false);
  }

  /** One after the other: in this process by a queue, among processes by the line’s row. */
  #inTurn<Result>(line: Line, work: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(line.provinceCode) ?? Promise.resolve();
    const turn = before.catch(() => {}).then(() => this.#whileHolding(line, work));
    this.#turns.set(line.provinceCode, turn);
    return turn;
  }

  async #whileHolding<Result>(line: Line, work: () => Promise<Result>): Promise<Result> {
    const holding = { line, work: 'upload', owner: this.#owner, patienceMs } as const;
    const done = await whileHolding(this.#options, holding, async () => ({ result: await work() }));
    if (done === null) throw busyLine();
    return done.result;
  }

  #ledger<Result>(work: (ledger: Ledger, tx: StoreTransaction) => Promise<Result>): Promise<Result> {
    return this.#options.store.transaction((tx) => work(tx.authorityLedger, tx));
  }
}

const stoppedSeconds = 15 * 60;

/** The last upload that the authority has. */
interface Previous {
  readonly sequence: number;
  readonly digest: string | null;
}

/** Of the same hand-over, or the answer to the same case. */
const isAboutTheSame = (one: PackageRow, other: PackageRow): boolean =>
  (one.submissionId !== null && one.submissionId === other.submissionId) ||
  (one.caseId !== null && one.caseId === other.caseId);

/** Where the authority does not say which document it has, its number has to do. */
const isSame = (previous: { readonly digest: string | null }, { contentDigest }: PackageRow): boolean =>
  previous.digest === null || previous.digest === contentDigest;
