import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { reportProcesses, withdrawProcesses } from '../flows/operations/report-processes.ts';
import type { WorkState } from '../http/work-metrics.ts';
import type { CertificateFacts, FileStoreFacts, ProcessReport, ServerFacts, WorkerFacts } from '../ports/index.ts';
import type { Config } from './config.ts';
import type { Parts } from './parts.ts';
import { version } from './release.ts';
import { materialsDirectory } from './writable-materials.ts';

/** Four are missed before anybody is told that a process is gone. */
const reportEveryMs = 30_000;
const endWithinMs = 1000;
/** Certificates change once in weeks. */
const certificateEveryMs = 3_600_000;
/** No blob has this name: asking for it only shows that the place answers. */
const noBlob = 'is-anybody-there';

export interface Reporting {
  /** Takes the reports back: this process is not missed. */
  close(): Promise<void>;
}

/** What a process is, besides what it can be asked of its parts. */
export interface Reported {
  /** Where it answers; null: nowhere. */
  readonly server?: { readonly url: string };
  readonly worker?: { readonly url: string | null; readonly states: () => readonly WorkState[] };
}

/** Says in the database now and then that this process runs, for the page of operations. What fails is said again later. */
export function startReports(parts: Parts, reported: Reported): Reporting {
  const closing = new AbortController();
  const look = certificateLook(parts.config);
  let last: readonly ProcessReport[] = [];
  const report = async () => {
    try {
      const own = await ownFacts(parts);
      const reports = [serverReport(parts, reported, own, look()), workerReport(reported, own)];
      last = reports.filter((one) => one !== null);
      if (!closing.signal.aborted) await reportProcesses(parts.deps, last);
    } catch (err) {
      parts.logger.warn({ err }, 'this process could not note in the database that it runs');
    }
  };
  const reporting = (async () => {
    while (!closing.signal.aborted) {
      await report();
      await pause(reportEveryMs, null, { signal: closing.signal, ref: false }).catch(() => {});
    }
  })();
  return {
    async close() {
      closing.abort();
      // The database may be away, which may be why this process ends: then it is missed for a while.
      const withdrawn = reporting.then(() => withdrawProcesses(parts.deps, last)).catch(() => {});
      await Promise.race([withdrawn, pause(endWithinMs, null, { ref: false })]);
    },
  };
}

type OwnFacts = Pick<ServerFacts, 'migration' | 'clockAheadMs' | 'files'>;

async function ownFacts({ deps, open, config }: Parts): Promise<OwnFacts> {
  const askedMs = Date.now();
  const theirsMs = Date.parse(await deps.store.now());
  // As if they had answered in the middle of the time that it took.
  const oursMs = (askedMs + Date.now()) / 2;
  return {
    migration: open.migration,
    clockAheadMs: Math.round(oursMs - theirsMs),
    files: await fileFacts(deps, config),
  };
}

async function fileFacts({ blobs }: Pick<Parts['deps'], 'blobs'>, config: Config): Promise<FileStoreFacts> {
  const isReachable = await blobs.get(noBlob).then(
    () => true,
    () => false,
  );
  if (config.materials.s3 !== null) return { kept: 's3', isReachable, freeBytes: null, totalBytes: null };
  const disk = await diskOf(resolve(materialsDirectory(config)));
  return {
    kept: 'directory',
    isReachable,
    freeBytes: disk && disk.bavail * disk.bsize,
    totalBytes: disk && disk.blocks * disk.bsize,
  };
}

/** Of the directory, or of what it will be made in. */
async function diskOf(path: string): Promise<{ bavail: number; bsize: number; blocks: number } | null> {
  try {
    return await statfs(path);
  } catch {
    return dirname(path) === path ? null : diskOf(dirname(path));
  }
}

function serverReport(
  { open }: Parts,
  { server }: Reported,
  own: OwnFacts,
  certificate: CertificateFacts | null,
): ProcessReport | null {
  if (server === undefined) return null;
  const { state: why, lagSeconds } = open.replica?.reading() ?? {};
  const replica = why === undefined ? null : { why, lagSeconds: lagSeconds ?? null };
  return { kind: 'server', name: nameOf(server.url), version, facts: { ...own, replica, certificate } };
}

function workerReport({ worker }: Reported, own: OwnFacts): ProcessReport | null {
  if (worker === undefined) return null;
  const states = worker.states();
  const facts: WorkerFacts = {
    ...own,
    stalled: states.filter(({ isStalled }) => isStalled).map(({ work }) => work),
    isHeldByClock: states.some(({ isHeldByClock }) => isHeldByClock),
  };
  return { kind: 'worker', name: nameOf(worker.url), version, facts };
}

/** The same after a restart, where it has a port: what ended without a word is then not missed. */
const nameOf = (url: string | null): string =>
  `${hostname()}${url === null ? `/${process.pid}` : `:${new URL(url).port}`}`.slice(0, 200);

/** What the address that people use last answered by; it is asked once an hour, and nobody waits for it. */
function certificateLook({ http: { publicUrl } }: Config): () => CertificateFacts | null {
  if (!publicUrl?.startsWith('https:')) return () => null;
  let kept: CertificateFacts | null = null;
  let nextMs = Number.NEGATIVE_INFINITY;
  const look = async () => {
    const { certificateAt } = await import('../outbound/certificate-at.ts');
    kept = await certificateAt(publicUrl);
  };
  return () => {
    if (performance.now() >= nextMs) {
      nextMs = performance.now() + certificateEveryMs;
      void look();
    }
    return kept;
  };
}
