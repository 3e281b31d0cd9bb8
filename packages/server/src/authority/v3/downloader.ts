import { createHash } from 'node:crypto';
import { defaultLimits, type PackedDocument, packageOf, readDownload } from '@openbeian/authority-wire/v3';
import { isFault } from '@openbeian/model/fault';
import type { DownloadRow, StoreTransaction } from '../../ports/index.ts';
import { type AppliedFile, keepCase } from './applied-file.ts';
import { applyNotices, applyTables } from './apply-notices.ts';
import { applyRecords } from './apply-records.ts';
import { applyResults } from './apply-results.ts';
import { whileHolding } from './hold-line.ts';
import { followOf, troubleOf } from './line-faults.ts';
import type { Line, LineOptions } from './line-options.ts';
import { putPaper, readPaper } from './papers.ts';

type Ledger = StoreTransaction['authorityLedger'];
type File = PackedDocument & { readonly fileName: string };

/** Most files of one look, so that what they bring is told meanwhile. */
const mostFiles = 20;
/** A file that cannot be read comes again so often before it is taken down as such: it may have been damaged on its way. */
const triesUntilKept = 3;
const againAfterMs = 10_000;

/**
 * Fetches the files of a line. Each is written down with all that it says in one transaction, and acknowledged only then; one that is
 * known is acknowledged again, one that cannot be read is kept for an operator and does not hold up those behind it.
 */
export class Downloader {
  readonly #options: LineOptions;
  readonly #owner: string;
  /** How often a file could not be read, by its name; a process that begins again counts again. */
  readonly #unread = new Map<string, number>();

  constructor(options: LineOptions, owner: string) {
    this.#options = options;
    this.#owner = owner;
  }

  /**
   * Fetches what there is, where it is time for that and no other process does.
   * @throws Fault `authority.unreachable`
   */
  async look(line: Line): Promise<void> {
    const row = await this.#ledger((ledger) => ledger.findLine(line));
    if (row === null || row.stoppedAt !== null || this.#isEarly(row.downloadAfter)) return;
    await whileHolding(this.#options, { line, work: 'download', owner: this.#owner, patienceMs: 0 }, async () => {
      for (let files = 0; files < mostFiles; files += 1) if (!(await this.#fetchOne(line))) return;
    });
  }

  #isEarly(instant: string | null): boolean {
    return instant !== null && Date.parse(this.#options.clock.now()) < Date.parse(instant);
  }

  /** @returns whether there may be more */
  async #fetchOne(line: Line): Promise<boolean> {
    const answer = await line.exchange.download();
    const known = followOf(answer);
    const file = packageOf(answer);
    await this.#ledger((ledger) => ledger.noteAnswer(line, 'isp_download', known.code, this.#options.clock.now()));
    if (file !== null) return this.#take(line, file);
    const { follow } = known;
    if (follow.act === 'stop') {
      await this.#ledger((ledger) => ledger.stopLine(line, this.#options.clock.now(), troubleOf(known)));
      return false;
    }
    await this.#waitFor(line, follow.act === 'retry' ? follow.afterMinutes * 60_000 : this.#options.downloadEveryMs);
    return false;
  }

  #waitFor(line: Line, ms: number): Promise<void> {
    const at = new Date(Date.parse(this.#options.clock.now()) + ms).toISOString();
    return this.#ledger((ledger) => ledger.putDownloadAfter(line, at));
  }

  async #take(line: Line, file: File): Promise<boolean> {
    const contentDigest = createHash('sha256').update(file.beianInfo).digest('hex');
    const before = await this.#ledger((ledger) => ledger.findDownload(line, file.fileName, contentDigest));
    if (before !== null) return this.#acknowledge(line, before);
    const read = await this.#read(file);
    if ('trouble' in read && this.#mayComeBetter(line, file)) {
      await this.#waitFor(line, againAfterMs);
      return false;
    }
    const row = await this.#write(line, file, { contentDigest, ...read });
    return row === null ? false : this.#acknowledge(line, row);
  }

  /** One that was damaged on its way is whole the next time. */
  #mayComeBetter(line: Line, { fileName }: File): boolean {
    const key = `${line.provinceCode}/${fileName}`;
    const tries = (this.#unread.get(key) ?? 0) + 1;
    if (tries >= triesUntilKept) this.#unread.delete(key);
    else this.#unread.set(key, tries);
    return tries < triesUntilKept;
  }

  async #read(file: PackedDocument): Promise<{ readonly data: AppliedFile['data'] } | { readonly trouble: string }> {
    try {
      const { value } = await readDownload(file, { cipher: this.#options.cipher, limits: defaultLimits });
      return { data: value };
    } catch (error) {
      if (!isFault(error, 'authority.unreadable')) throw error;
      const [reason] = error.extras.reasons ?? [];
      return { trouble: (reason as { readonly code?: string } | undefined)?.code ?? 'unreadable' };
    }
  }

  /** The file and all that it says, at once. Null: it has no name by which it could be acknowledged. */
  async #write(
    line: Line,
    file: File,
    read: { readonly contentDigest: string } & ({ readonly data: AppliedFile['data'] } | { readonly trouble: string }),
  ): Promise<DownloadRow | null> {
    const { ids, clock } = this.#options;
    const at = clock.now();
    return this.#ledger(async (ledger) => {
      // Who has the row of the line is before or after, never beside: two files may be about the same.
      await ledger.findLineForUpdate(line);
      const id = ids.next('dwn');
      const { provider, provinceCode } = line;
      const trouble = 'trouble' in read ? read.trouble : null;
      const { fileName } = file;
      const paperId = await putPaper(this.#options, ledger, file);
      const row = { provider, provinceCode, id, fileName, contentDigest: read.contentDigest, trouble, paperId };
      if (!(await ledger.insertDownload({ ...row, fetchedAt: at }))) {
        await ledger.deletePaper(paperId);
        return ledger.findDownload(line, fileName, read.contentDigest);
      }
      const applied = { options: this.#options, ledger, line, downloadId: id, at };
      if ('data' in read) await applyFile({ ...applied, data: read.data });
      else {
        const content = { fileName, trouble };
        await keepCase({ ...applied, data: {} }, { kind: 'unreadable_file', about: id, content });
      }
      return fileName === '' ? null : { ...row, fetchedAt: at, acknowledgedAt: null };
    });
  }

  async #acknowledge(line: Line, { id, fileName }: DownloadRow): Promise<boolean> {
    if (fileName === '') {
      await this.#waitFor(line, this.#options.downloadEveryMs);
      return false;
    }
    const known = followOf(await line.exchange.acknowledge(fileName));
    const { follow } = known;
    const at = this.#options.clock.now();
    if (follow.act === 'stop') {
      await this.#ledger((ledger) => ledger.stopLine(line, at, troubleOf(known)));
      return false;
    }
    if (follow.act === 'retry') {
      await this.#waitFor(line, follow.afterMinutes * 60_000);
      return false;
    }
    await this.#ledger((ledger) => ledger.markAcknowledged(id, at));
    return true;
  }

  /**
   * An operator has a file read again that could not be: with another key, or by a newer release.
   * @returns whether it could be read now
   */
  async readAgain(line: Line, downloadId: string): Promise<boolean> {
    const found = await this.#ledger(async (ledger) => {
      const row = await ledger.findDownloadById(downloadId);
      // It was written by `#write`.
      return row === null ? null : ((await readPaper(this.#options, ledger, row.paperId)) as File | null);
    });
    if (found === null) return false;
    const read = await this.#read(found);
    return this.#ledger(async (ledger) => {
      await ledger.findLineForUpdate(line);
      await ledger.markRead(downloadId, 'trouble' in read ? read.trouble : null);
      if ('trouble' in read) return false;
      await applyFile({
        options: this.#options,
        ledger,
        line,
        downloadId,
        data: read.data,
        at: this.#options.clock.now(),
      });
      return true;
    });
  }

  #ledger<Result>(work: (ledger: Ledger) => Promise<Result>): Promise<Result> {
    return this.#options.store.transaction(({ authorityLedger }) => work(authorityLedger));
  }
}

/** Tables first, then records, so that results find the numbers that came with them. */
async function applyFile(file: AppliedFile): Promise<void> {
  await applyTables(file);
  await applyRecords(file);
  await applyResults(file);
  await applyNotices(file);
}
