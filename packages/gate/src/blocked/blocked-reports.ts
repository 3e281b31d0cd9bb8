import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { replaceFile } from '../snapshot/replace-file.ts';
import { type BlockedBatch, BlockedTally } from './blocked-tally.ts';

/** The most frequent names of one report; the others go on being counted. */
const mostReported = { domains: 100, hosts: 150 } as const;
/** Reports that wait for the control plane: one a day while it cannot be reached. */
const mostWaiting = 8;

/** The most that a report may say; what a gate counts beyond it while nobody can be reached is left off. */
const mostCounted = 2_147_483_647;
const counted = (count: number): number => Math.min(count, mostCounted);
const countedNames = <Counted extends { readonly count: number }>(names: readonly Counted[]): Counted[] =>
  names.map((name) => ({ ...name, count: counted(name.count) }));

const nameCounts = z.array(z.object({ name: z.string(), reason: z.string(), count: z.number() }));
const reportSchema = z.object({
  number: z.number(),
  day: z.string(),
  total: z.number(),
  malformed: z.number(),
  tooLowBy: z.number(),
  domains: nameCounts,
  hosts: nameCounts,
});
const savedSchema = z.object({ run: z.string(), next: z.number(), waiting: z.array(reportSchema) });

type Report = z.output<typeof reportSchema>;
type Saved = z.output<typeof savedSchema>;

/** A report as the control plane takes it: the same run and number are counted once, however often they come. */
export interface BlockedReport extends Report {
  readonly gate: string;
  readonly run: string;
}

/** Counts of the answering threads, as they are handed over. */
export interface HandedOver {
  readonly batch: BlockedBatch;
  /** In Shanghai. */
  readonly day: string;
  /** The gate's name. */
  readonly gate: string;
  /** It is time for a report. */
  readonly isDue: boolean;
}

interface ReportNeeds {
  /** Beside the snapshot; what is reported next is written there first. */
  readonly file: string;
  readonly newRun: () => string;
  /** @returns whether it was counted, or never will be: then it is not sent again */
  readonly send: (report: BlockedReport) => Promise<boolean>;
  readonly log: (event: string, fields: Record<string, string | number>) => void;
}

/**
 * Tells the control plane which names were blocked most. A report has a number, is on the disk before it is sent, and is sent again until it
 * is counted, after a restart as well: the control plane knows the numbers that it has. While one waits, counting goes on for the next one.
 */
export class BlockedReports {
  readonly #needs: ReportNeeds;
  #tally = new BlockedTally();
  #day = '';
  #gate = '';
  #saved: Saved | null = null;
  #isUnwritable = false;
  /** What is done goes one after another. */
  #last: Promise<void> = Promise.resolve();
  #isSending = false;

  constructor(needs: ReportNeeds) {
    this.#needs = needs;
  }

  /** Resolves when a report that was due is closed; not when it is sent. */
  take({ batch, day, gate, isDue }: HandedOver): Promise<void> {
    return this.#inTurn(async () => {
      this.#gate = gate;
      // A day's names are reported as that day's.
      if (this.#day !== '' && this.#day !== day) await this.#close(true);
      this.#day = day;
      this.#tally.add(batch);
      if (!isDue) return;
      const saved = await this.#load();
      if (saved.waiting.length === 0) await this.#close(false);
      if (!this.#isSending) void this.#send(saved);
    });
  }

  /** What is counted by now is on the disk for whoever starts next. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#close(true));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work);
    return this.#last;
  }

  /** Makes a report of what is counted. @param isLast of the day, or of this process */
  async #close(isLast: boolean): Promise<void> {
    if (this.#tally.isEmpty && !isLast) return;
    const taken = this.#tally.take(mostReported.domains, mostReported.hosts, isLast);
    const [domains, hosts] = [countedNames(taken.domains), countedNames(taken.hosts)];
    const sums = {
      total: counted(taken.total),
      malformed: counted(taken.malformed),
      tooLowBy: counted(taken.tooLowBy),
    };
    if (sums.total === 0 && domains.length === 0 && hosts.length === 0) return;
    const saved = await this.#load();
    saved.waiting.push({ number: saved.next, day: this.#day, ...sums, domains, hosts });
    saved.next += 1;
    const dropped = saved.waiting.splice(0, saved.waiting.length - mostWaiting);
    if (dropped.length > 0) this.#needs.log('blocked_names_lost', { reports: dropped.length });
    await this.#save(saved);
  }

  async #send(saved: Saved): Promise<void> {
    this.#isSending = true;
    try {
      let [first] = saved.waiting;
      while (first !== undefined && (await this.#needs.send({ ...first, gate: this.#gate, run: saved.run }))) {
        const { number } = first;
        await this.#inTurn(async () => {
          saved.waiting = saved.waiting.filter((one) => one.number !== number);
          await this.#save(saved);
        });
        [first] = saved.waiting;
      }
    } finally {
      this.#isSending = false;
    }
  }

  async #load(): Promise<Saved> {
    if (this.#saved !== null) return this.#saved;
    const text = await readFile(this.#needs.file, 'utf8').catch(() => null);
    this.#saved = savedIn(text) ?? { run: this.#needs.newRun(), next: 1, waiting: [] };
    return this.#saved;
  }

  /** A full disk stops nothing: then a restart loses what is not sent yet. */
  async #save(saved: Saved): Promise<void> {
    try {
      const text = JSON.stringify(saved);
      await replaceFile(this.#needs.file, 0o640, (handle) => handle.writeFile(text));
      this.#isUnwritable = false;
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      if (!this.#isUnwritable) this.#needs.log('blocked_names_not_written', { code });
      this.#isUnwritable = true;
    }
  }
}

function savedIn(text: string | null): Saved | null {
  if (text === null) return null;
  try {
    return savedSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
