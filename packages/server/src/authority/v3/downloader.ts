import { createHash } from 'node:crypto';
import { defaultLimits, type PackedDocument, packageOf, readDownload } from '@openbeian/authority-wire/v3';
import { isFault } from '@openbeian/model/fault';
import type { DownloadRow, LineTrouble, StoreTransaction } from '../../ports/index.ts';
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
type Read = { readonly data: AppliedFile['data'] } | { readonly trouble: string };

/** Most files of one look, so that what they bring is told meanwhile. */
const mostFiles = 20;
/** A file that cannot be read comes the same so often in a row before it is taken down as such: it may have been damaged on its way. */
const triesUntilKept = 5;
/** One on a disk is read once more, since it may still have been written. */
const triesOnDisk = 2;
/** Until it is asked for again; longer each time. */
const againAfterMs = 10_000;
/** Acknowledgements of one look of which nobody knows whether they arrived. */
const mostAcknowledged = 20;

/**
 * Fetches the files of a line. Each is written down with all that it says in one transaction, and acknowledged only then; one that is
 * known is acknowledged again, one that cannot be read is kept for an operator and does not hold up those behind it.
 */
export class Downloader {
  readonly #options: LineOptions;
  readonly #owner: string;
  /** How often in a row a file came damaged in the same way, by its name; a process that begins again counts again. */
  readonly #unread = new Map<
    string,
    { readonly contentDigest: string; readonly trouble: string; readonly times: number }
  >();

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
      if (!(await this.#acknowledgeLeft(line))) return;
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
    if (follow.act === 'retry') await this.#waitFor(line, follow.afterMinutes * 60_000, troubleOf(known));
    else await this.#waitForMore(line);
    return false;
  }

  /** Nothing was there: the next look is sooner where something is awaited. */
  #waitForMore(line: Line): Promise<void> {
    const { clock, downloadEveryMs, quietDownloadEveryMs = downloadEveryMs } = this.#options;
    const nowMs = Date.parse(clock.now());
    const after = (ms: number) => new Date(nowMs + ms).toISOString();
    const at = { awaited: after(downloadEveryMs), quiet: after(quietDownloadEveryMs) };
    return this.#ledger((ledger) => ledger.putNextLook(line, at));
  }

  #waitFor(line: Line, ms: number, because: LineTrouble | null): Promise<void> {
    const at = new Date(Date.parse(this.#options.clock.now()) + ms).toISOString();
    return this.#ledger((ledger) => ledger.putDownloadAfter(line, at, because));
  }

  async #take(line: Line, file: File): Promise<boolean> {
    const contentDigest = createHash('sha256').update(file.beianInfo).digest('hex');
    const before = await this.#ledger((ledger) => ledger.findDownload(line, keptName(file), contentDigest));
    if (before !== null) {
      this.#unread.delete(unreadKey(line, file));
      return this.#acknowledge(line, before, file);
    }
    const read = await this.#read(file);
    const { row, trouble, error } = await this.#tryToWrite(line, file, { contentDigest, ...read });
    const waitMs = this.#waitForBetter(line, file, { contentDigest, trouble });
    if (waitMs !== null) {
      await this.#waitFor(line, waitMs, damagedFile);
      if (error !== undefined) throw error;
      return false;
    }
    if (row !== null) return this.#acknowledge(line, row, file);
    const kept = await this.#write(line, file, { contentDigest, trouble: trouble ?? notApplied });
    return kept === null ? false : this.#acknowledge(line, kept, file);
  }

  /** Null where it cannot be read, or what it says cannot be written down: then it may hold up those behind it no longer than a damaged one. */
  async #tryToWrite(
    line: Line,
    file: File,
    read: { readonly contentDigest: string } & Read,
  ): Promise<{ readonly row: DownloadRow | null; readonly trouble: string | null; readonly error?: unknown }> {
    if ('trouble' in read) return { row: null, trouble: read.trouble };
    try {
      return { row: await this.#write(line, file, read), trouble: null };
    } catch (error) {
      // Who is away is there again; what the database refuses of this file it refuses the next time, too.
      if (isFault(error)) throw error;
      return { row: null, trouble: notApplied, error };
    }
  }

  /** How long until a damaged file is asked for again, since it may be whole then; null: it is taken as it is. */
  #waitForBetter(
    line: Line,
    file: File,
    { contentDigest, trouble }: { readonly contentDigest: string; readonly trouble: string | null },
  ): number | null {
    const key = unreadKey(line, file);
    const before = this.#unread.get(key);
    this.#unread.delete(key);
    if (trouble === null) return null;
    const isSame = before?.contentDigest === contentDigest && before.trouble === trouble;
    const times = isSame ? before.times + 1 : 1;
    if (times >= (line.exchange.keepsFiles === true ? triesOnDisk : triesUntilKept)) return null;
    this.#unread.set(key, { contentDigest, trouble, times });
    return againAfterMs * 2 ** (times - 1);
  }

  /**
   * Acknowledges once more what was, as far as we know, not: the answer may have been lost, and then the file does not come again. Where
   * the authority says no, it does come again, and is acknowledged then.
   * @returns whether there may be more to do
   */
  async #acknowledgeLeft(line: Line): Promise<boolean> {
    const left = await this.#ledger((ledger) => ledger.listUnacknowledged(line, mostAcknowledged));
    for (const { id, fileName } of left) {
      const goesOn = await this.#askAcknowledge(line, fileName);
      await this.#ledger((ledger) => ledger.markAcknowledged(id, this.#options.clock.now()));
      if (!goesOn) return false;
    }
    return true;
  }

  async #read(file: PackedDocument): Promise<Read> {
    try {
      const { value } = await readDownload(file, { cipher: this.#options.cipher, limits: defaultLimits });
      return { data: value };
    } catch (error) {
      if (!isFault(error, 'authority.unreadable')) throw error;
      const [reason] = error.extras.reasons ?? [];
      return { trouble: (reason as { readonly code?: string } | undefined)?.code ?? 'unreadable' };
    }
  }

  /** The file and all that it says, at once. */
  async #write(line: Line, file: File, read: { readonly contentDigest: string } & Read): Promise<DownloadRow | null> {
    const { ids, clock } = this.#options;
    const at = clock.now();
    return this.#ledger(async (ledger) => {
      // Who has the row of the line is before or after, never beside: two files may be about the same.
      await ledger.findLineForUpdate(line);
      const id = ids.next('dwn');
      const { provider, provinceCode } = line;
      const trouble = 'trouble' in read ? read.trouble : null;
      const fileName = keptName(file);
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
        await keepCase(applied, { kind: 'unreadable_file', about: id, content });
      }
      return { ...row, fetchedAt: at, acknowledgedAt: null };
    });
  }

  async #acknowledge(line: Line, { id }: DownloadRow, { fileName }: File): Promise<boolean> {
    if (fileName === '') {
      await this.#waitFor(line, this.#options.downloadEveryMs, null);
      return false;
    }
    if (!(await this.#askAcknowledge(line, fileName))) return false;
    await this.#ledger((ledger) => ledger.markAcknowledged(id, this.#options.clock.now()));
    return true;
  }

  /** @returns whether the authority took it; where not, the line waits or stops */
  async #askAcknowledge(line: Line, fileName: string): Promise<boolean> {
    const known = followOf(await line.exchange.acknowledge(fileName));
    const { follow } = known;
    if (follow.act === 'stop') {
      await this.#ledger((ledger) => ledger.stopLine(line, this.#options.clock.now(), troubleOf(known)));
      return false;
    }
    if (follow.act === 'retry') {
      await this.#waitFor(line, follow.afterMinutes * 60_000, troubleOf(known));
      return false;
    }
    return true;
  }

  /**
   * An operator has a file read again that could not be: with another key, or by a newer release.
   * @returns whether it could be read and written down now
   */
  async readAgain(line: Line, downloadId: string): Promise<boolean> {
    const found = await this.#findFile(downloadId);
    if (found === null) return false;
    const read = await this.#read(found);
    try {
      return await this.#applyAgain(line, downloadId, read);
    } catch (error) {
      if (isFault(error)) throw error;
      await this.#ledger((ledger) => ledger.markRead(downloadId, notApplied));
      return false;
    }
  }

  /** What a file says; where it cannot be read, its name and why. Null: it is gone. */
  async readContent(downloadId: string): Promise<unknown> {
    const found = await this.#findFile(downloadId);
    if (found === null) return null;
    const read = await this.#read(found);
    return 'trouble' in read ? { fileName: found.fileName, trouble: read.trouble } : read.data;
  }

  #findFile(downloadId: string): Promise<File | null> {
    return this.#ledger(async (ledger) => {
      const row = await ledger.findDownloadById(downloadId);
      // It was written by `#write`.
      return row === null ? null : ((await readPaper(this.#options, ledger, row.paperId)) as File | null);
    });
  }

  #applyAgain(line: Line, downloadId: string, read: Read): Promise<boolean> {
    return this.#ledger(async (ledger) => {
      await ledger.findLineForUpdate(line);
      await ledger.markRead(downloadId, 'trouble' in read ? read.trouble : null);
      if ('trouble' in read) return false;
      const at = this.#options.clock.now();
      await applyFile({ options: this.#options, ledger, line, downloadId, data: read.data, at });
      return true;
    });
  }

  #ledger<Result>(work: (ledger: Ledger) => Promise<Result>): Promise<Result> {
    return this.#options.store.transaction(({ authorityLedger }) => work(authorityLedger));
  }
}

/** It may be whole the next time. */
const damagedFile: LineTrouble = {
  code: 'damaged_file',
  zh: '管局下发的文件不能读取，稍后重新下载',
  en: 'The file that came cannot be read; it is asked for again',
};
/** What a file was read as could not be written down. */
const notApplied = 'not_applied';
const longestName = 255;

/** A name goes into an index, which takes no text of any length; one beyond the interface's is known by its digest. */
const keptName = ({ fileName }: File): string =>
  fileName.length <= longestName ? fileName : `sha256:${createHash('sha256').update(fileName).digest('hex')}`;

const unreadKey = ({ provinceCode }: Line, { fileName }: File): string => `${provinceCode}/${fileName}`;

/** Tables first, then records, so that results find the numbers that came with them. */
async function applyFile(file: AppliedFile): Promise<void> {
  await applyTables(file);
  await applyRecords(file);
  await applyResults(file);
  await applyNotices(file);
}
