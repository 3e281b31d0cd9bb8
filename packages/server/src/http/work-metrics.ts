import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** How long the oldest of what waits has waited. */
interface QueueAge {
  readonly queue: string;
  /** A job's topic, a filing's state; otherwise empty. */
  readonly of: string;
  readonly seconds: number;
}

/** One kind of work that goes round by round in this process. */
export interface WorkState {
  readonly work: string;
  /** Rounds that ended. */
  readonly rounds: number;
  /** Since the last one ended, or since the process started. */
  readonly secondsSinceRound: number;
  /** Of what is done beside the rounds, such as requests: how many are under way. */
  readonly underWay: number;
  readonly errors: number;
  /** One round lasts longer than any should. */
  readonly isStalled: boolean;
  /** What it does at deadlines rests, since this machine's clock cannot be trusted. */
  readonly isHeldByClock: boolean;
}

/** One question to the authority, and how it ended. */
export interface AuthorityCall {
  readonly operation: string;
  /** Division code where the question is about one province; otherwise empty. */
  readonly province: string;
  readonly seconds: number;
  /** The fault's code; `internal` for anything else; null when it was answered. */
  readonly error: string | null;
}

/** What this process can tell of itself besides its requests. */
export interface Readings {
  readonly ages?: () => Promise<readonly QueueAge[]>;
  /** Configured syncs of inventories, by how each ended the last time. */
  readonly syncs?: () => Promise<readonly { readonly state: string; readonly count: number }[]>;
  /** Sessions of the database. */
  readonly usage?: () => { readonly inUse: number; readonly idle: number; readonly waiting: number };
  readonly about?: () => { readonly version: string; readonly migration: string; readonly policy: string };
  readonly work?: () => readonly WorkState[];
  /** Where lists are read from a replica: by `null` it is told that they are, else why not. */
  readonly replica?: () => {
    readonly state: string | null;
    readonly lagSeconds: number | null;
    readonly reads: ReadonlyMap<string | null, number>;
  };
  readonly authority?: {
    /** Calls `onCall` for every question from now on. */
    watch(onCall: (call: AuthorityCall) => void): void;
    /** Since when the oldest message waits that was fetched and not acknowledged, in seconds; 0: none. */
    oldestMessageSeconds(): number;
  };
}

/** Adds what there is to tell. @returns what reads it again: `now` costs nothing, `rows` asks the database */
export function addReadings(registry: Registry, readings: Readings): { now(): void; rows(): Promise<void> } {
  const ages = addAges(registry, readings);
  const syncs = addSyncs(registry, readings);
  const rows = async () => {
    await ages();
    await syncs();
  };
  const parts = [
    addUsage(registry, readings),
    addAbout(registry, readings),
    addWork(registry, readings),
    addReplica(registry, readings),
  ];
  const messages = addAuthority(registry, readings);
  return {
    now() {
      for (const part of [...parts, messages]) part();
    },
    rows,
  };
}

function addAges(registry: Registry, { ages }: Readings): () => Promise<void> {
  if (ages === undefined) return async () => {};
  const registers = [registry];
  const queues = new Gauge({
    name: 'openbeian_queue_oldest_seconds',
    help: 'How long the oldest of a queue has waited, 0 where it is empty; what is parked does not count',
    labelNames: ['queue', 'topic'],
    registers,
  });
  const filings = new Gauge({
    name: 'openbeian_filing_oldest_seconds',
    help: 'Since when the oldest filing of a state is there: from its start on, 0 where there is none',
    labelNames: ['state'],
    registers,
  });
  return async () => {
    for (const { queue, of, seconds } of await ages()) {
      if (queue === 'filing') filings.set({ state: of }, seconds);
      else queues.set({ queue, topic: of }, seconds);
    }
  };
}

function addSyncs(registry: Registry, { syncs }: Readings): () => Promise<void> {
  if (syncs === undefined) return async () => {};
  const gauge = new Gauge({
    name: 'openbeian_inventory_syncs',
    help: 'Configured syncs of inventories, by how each ended the last time: done, held for an operator, failed, or not run yet',
    labelNames: ['state'],
    registers: [registry],
  });
  return async () => {
    for (const { state, count } of await syncs()) gauge.set({ state }, count);
  };
}

function addUsage(registry: Registry, { usage }: Readings): () => void {
  if (usage === undefined) return () => {};
  const sessions = new Gauge({
    name: 'openbeian_database_sessions',
    help: 'Sessions of the database: in use, idle, and callers that wait for one',
    labelNames: ['state'],
    registers: [registry],
  });
  return () => {
    const { inUse, idle, waiting } = usage();
    sessions.set({ state: 'in_use' }, inUse);
    sessions.set({ state: 'idle' }, idle);
    sessions.set({ state: 'waiting' }, waiting);
  };
}

function addReplica(registry: Registry, { replica }: Readings): () => void {
  if (replica === undefined) return () => {};
  const registers = [registry];
  const reads = new Gauge({
    name: 'openbeian_replica_reads_total',
    help: 'Readings of lists, counts and the public query: on the standby, or on the primary and why',
    labelNames: ['place', 'why'],
    registers,
  });
  const used = new Gauge({
    name: 'openbeian_replica_used',
    help: '1 while lists are read from the standby, 0 with the reason while they are not',
    labelNames: ['why'],
    registers,
  });
  const lag = new Gauge({
    name: 'openbeian_replica_lag_seconds',
    help: 'How old the newest change may be that the standby lacks; +Inf while that is not known',
    registers,
  });
  return () => {
    const { state, lagSeconds, reads: counted } = replica();
    for (const [why, count] of counted) {
      reads.set({ place: why === null ? 'standby' : 'primary', why: why ?? '' }, count);
    }
    used.reset();
    used.set({ why: state ?? '' }, state === null ? 1 : 0);
    lag.set(lagSeconds ?? Number.POSITIVE_INFINITY);
  };
}

function addAbout(registry: Registry, { about }: Readings): () => void {
  if (about === undefined) return () => {};
  const info = new Gauge({
    name: 'openbeian_info',
    help: 'Always 1: release, newest migration it knows, and fingerprint of the policies in force today',
    labelNames: ['version', 'migration', 'policy'],
    registers: [registry],
  });
  return () => {
    info.reset();
    info.set(about(), 1);
  };
}

function addWork(registry: Registry, { work }: Readings): () => void {
  if (work === undefined) return () => {};
  const of = (name: string, help: string) =>
    new Gauge({ name: `openbeian_work_${name}`, help, labelNames: ['work'], registers: [registry] });
  const rounds = of('rounds_total', 'Rounds of background work that ended');
  const since = of('seconds_since_round', 'Since the last round of this work ended, or since the start');
  const underWay = of('under_way', 'Requests of this work that are under way');
  const errors = of('errors_total', 'Errors of background work, those of an authority that is away included');
  const stalled = of('stalled', '1 when a round of this work does not end: /readyz says so, too');
  const held = of('held_by_clock', '1 while deadlines are not acted on because this machine’s clock cannot be trusted');
  return () => {
    for (const one of work()) {
      const label = { work: one.work };
      rounds.set(label, one.rounds);
      since.set(label, one.secondsSinceRound);
      underWay.set(label, one.underWay);
      errors.set(label, one.errors);
      stalled.set(label, one.isStalled ? 1 : 0);
      held.set(label, one.isHeldByClock ? 1 : 0);
    }
  };
}

function addAuthority(registry: Registry, { authority }: Readings): () => void {
  if (authority === undefined) return () => {};
  const registers = [registry];
  const durations = new Histogram({
    name: 'openbeian_authority_request_duration_seconds',
    help: 'Questions to the authority, answered or not, by operation and (where it is about one) province',
    labelNames: ['operation', 'province'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const errors = new Counter({
    name: 'openbeian_authority_errors_total',
    help: 'Questions that the authority did not answer or refused, by the code of the fault',
    labelNames: ['operation', 'province', 'code'],
    registers,
  });
  const oldest = new Gauge({
    name: 'openbeian_authority_oldest_message_seconds',
    help: 'Age of the oldest message that was fetched from the authority and is not acknowledged; 0: none',
    registers,
  });
  authority.watch(({ operation, province, seconds, error }) => {
    durations.observe({ operation, province }, seconds);
    if (error !== null) errors.inc({ operation, province, code: error });
  });
  return () => oldest.set(authority.oldestMessageSeconds());
}
