import { setTimeout as pause } from 'node:timers/promises';
import type { FaultCode } from '@openbeian/model/fault';
import { faultCodes } from '@openbeian/model/fault';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Counts } from './needs.ts';
import { addReadings, type Readings } from './work-metrics.ts';

/** The server's measurements, for Prometheus. Labels carry routes and closed codes, never ids or names. */
export interface Metrics {
  observe(method: string, route: string, status: number, seconds: number): void;
  countFault(code: FaultCode): void;
  /** The page that Prometheus reads, and its content type. */
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

/** How old counts may be: a scraper comes every 15 s or so, and counting a million rows takes a while. */
const countEveryMs = 10_000;
/** For how long a page waits for the counts. A scraper gives up after 10 s, and would learn nothing of a process whose database hangs. */
const countWithinMs = 3000;
/** How old the page may be: writing it takes a millisecond or two of everybody's time. */
const writeEveryMs = 500;

/** However often and by however many it is asked, `work` is done once in that time. */
function onceIn<Result>(everyMs: number, work: () => Promise<Result>): () => Promise<Result> {
  let last: { readonly begunMs: number; readonly result: Promise<Result> } | null = null;
  return () => {
    const nowMs = performance.now();
    if (last === null || nowMs - last.begunMs >= everyMs) last = { begunMs: nowMs, result: work() };
    return last.result;
  };
}

/**
 * @param readings what this process tells besides
 * @param waitMs for how long a page waits for the database
 */
export function createMetrics(
  counts: () => Promise<Counts>,
  readings: Readings = {},
  waitMs: number = countWithinMs,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'openbeian_' });
  const durations = new Histogram({
    name: 'openbeian_http_request_duration_seconds',
    help: 'Time from the request’s arrival to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const faults = new Counter({
    name: 'openbeian_faults_total',
    help: 'Faults answered, by their code; quota.exhausted says that somebody ran out of quota',
    labelNames: ['code'],
    registers,
  });
  for (const code of faultCodes) faults.inc({ code }, 0);
  const beside = addReadings(registry, readings);
  const { count, withoutHanging } = addCounts(registry, counts, beside.rows);
  return {
    observe: (method, route, status, seconds) => durations.observe({ method, route, status: String(status) }, seconds),
    countFault: (code) => faults.inc({ code }),
    page: pageOf(registry, withoutHanging(onceIn(countEveryMs, count), waitMs), beside.now),
  };
}

interface CountGauges {
  /** Reads the counts, and `rows` with them. */
  count(): Promise<void>;
  /** The same, but what is not counted within that time is told as a database that is down. */
  withoutHanging(count: () => Promise<void>, waitMs: number): () => Promise<void>;
}

function addCounts(registry: Registry, counts: () => Promise<Counts>, rows: () => Promise<void>): CountGauges {
  const registers = [registry];
  const jobs = new Gauge({
    name: 'openbeian_jobs',
    help: 'Background jobs, by topic: waiting to be done, and of these those that have failed at least once',
    labelNames: ['topic', 'state'],
    registers,
  });
  const filings = new Gauge({
    name: 'openbeian_filings',
    help: 'Filings, by state',
    labelNames: ['state'],
    registers,
  });
  const failures = new Gauge({
    name: 'openbeian_work_failures',
    help: 'Background work that failed: to be retried, or parked until an operator acts',
    labelNames: ['state'],
    registers,
  });
  const countable = new Gauge({
    name: 'openbeian_database_up',
    help: '1 when the database could be counted in at this reading',
    registers,
  });

  const count = async () => {
    jobs.reset();
    filings.reset();
    try {
      const counted = await counts();
      for (const { topic, waiting, failing } of counted.jobs) {
        jobs.set({ topic, state: 'waiting' }, waiting);
        jobs.set({ topic, state: 'failing' }, failing);
      }
      for (const { state, count } of counted.filings) filings.set({ state }, count);
      const { total, parked } = counted.failures;
      failures.set({ state: 'retrying' }, total - parked);
      failures.set({ state: 'parked' }, parked);
      await rows();
      countable.set(1);
    } catch {
      // The page must be readable above all when the database is not.
      countable.set(0);
    }
  };
  const withoutHanging = (counting: () => Promise<void>, waitMs: number) => async () => {
    const isLate = await Promise.race([counting().then(() => false), pause(waitMs, true, { ref: false })]);
    if (isLate) countable.set(0);
  };
  return { count, withoutHanging };
}

const pageOf = (registry: Registry, countNowAndThen: () => Promise<void>, read: () => void): Metrics['page'] =>
  onceIn(writeEveryMs, async () => {
    await countNowAndThen();
    read();
    return { type: registry.contentType, text: await registry.metrics() };
  });
