import { type Resource, resourceSchema } from '@openbeian/model/eligibility';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { AuditRow } from '../../ports/audit.ts';
import type { IssueCodesCommand, IssueCodesOutcome } from '../../ports/code-ledger.ts';
import type { FilingRow } from '../../ports/filings.ts';
import type { ResourceRow } from '../../ports/resources.ts';
import type { OpenStore } from '../engine/open-store.ts';

export const at = '2026-11-21T01:30:00.000Z';

/** `at` and some minutes. */
export function later(minutes: number): string {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}

/** What a job carries whose work no test does. */
export const jobPayload = { submissionId: 'sub_1', filingId: 'fil_1' };

let made = 0;
let maker = '';

/** A name that no other test uses, so that all can share one database. */
export function fresh(prefix: string): string {
  made += 1;
  return `${prefix}_${maker}${String(made).padStart(6, '0')}`;
}

/** What the suite writes into the store, and how it goes behind its back. */
export interface World {
  readonly open: OpenStore;
  /** Runs hand-written SQL, past the store. */
  run(text: string): Promise<Record<string, unknown>[]>;
  /** As `run`, several statements in one transaction, with what is checked at its end. */
  runTogether(statements: readonly string[]): Promise<void>;
  account(): Promise<string>;
  resource(accountId: string): Promise<ResourceRow>;
  command(
    resource: ResourceRow,
    some?: Partial<Omit<IssueCodesCommand, 'codes'>> & { count?: number },
  ): IssueCodesCommand;
  issue(...command: Parameters<World['command']>): Promise<string[]>;
  filing(accountId: string, some?: Partial<FilingRow>): Promise<FilingRow>;
  /** One ledger's state, with what its spends add up to. */
  ledger(ledgerKey: string): Promise<{ capacity: number | null; spent: number; live: number }>;
}

export function audit(objectId: string): AuditRow {
  return {
    id: fresh('aud'),
    at,
    actorId: 'usr_1',
    actorRole: 'customer',
    accountId: null,
    action: 'CodeIssued',
    objectKind: 'code',
    objectId,
    detail: { note: '备注' },
    address: null,
    sessionId: null,
  };
}

/** `process` tells apart what several processes write into one database. */
export function worldOf(open: OpenStore, process = ''): World {
  maker = process;
  return { open, ...byHand(open), ...rowsOf(open), command: commandToIssue, ...issuingOn(open) };
}

function byHand({ kysely }: OpenStore): Pick<World, 'run' | 'runTogether' | 'ledger'> {
  const run = async (text: string) => (await sql.raw<Record<string, unknown>>(text).execute(kysely)).rows;
  return {
    run,
    async runTogether(statements) {
      await kysely.transaction().execute(async (transaction) => {
        for (const statement of statements) await sql.raw(statement).execute(transaction);
      });
    },
    async ledger(ledgerKey) {
      const [row] = await run(
        `SELECT capacity, spent, (SELECT count(*) FROM quota_spend s WHERE s.ledger_key = q.ledger_key
           AND returned_at IS NULL) AS live FROM quota q WHERE ledger_key = '${ledgerKey}'`,
      );
      return row as unknown as { capacity: number | null; spent: number; live: number };
    },
  };
}

function rowsOf({ store }: OpenStore): Pick<World, 'account' | 'resource' | 'filing'> {
  return {
    async account() {
      const id = fresh('acct');
      await store.transaction((tx) => tx.accounts.put({ id, realName: 'enterprise', displayName: id }, at));
      return id;
    },
    resource(accountId) {
      const row = {
        id: fresh('ins'),
        accountId,
        provider: 'sample',
        product: 'vm',
        facts: factsOf({ expiresAt: '2027-01-01' }),
      };
      return store.transaction((tx) => tx.resources.put(row, at));
    },
    async filing(accountId, some = {}) {
      const row: FilingRow = { ...draft(accountId), ...some };
      expect(await store.transaction((tx) => tx.filings.insert(row))).toBe(true);
      return row;
    },
  };
}

function commandToIssue(
  ...[resource, { count = 1, ...some } = {}]: Parameters<World['command']>
): ReturnType<World['command']> {
  const codes = Array.from({ length: count }, () => {
    const id = fresh('code');
    return { id, spendId: fresh('spd'), lookupHash: `hash-${id}`, sealed: `sealed-${id}`, tail: 'ABCD' };
  });
  return {
    idempotency: { actorId: 'usr_1', operation: 'issue-codes', key: fresh('key'), requestHash: 'request' },
    resource: { id: resource.id, version: resource.version },
    issuerRealName: 'enterprise',
    ledgerKey: `codes:${resource.id}`,
    capacity: 5,
    issuerAccountId: resource.accountId,
    granteeAccountId: null,
    note: '',
    at,
    audit: audit(codes[0]?.id ?? ''),
    ...some,
    codes,
  };
}

function issuingOn({ store }: OpenStore): Pick<World, 'issue'> {
  return {
    async issue(...command) {
      const outcome = await store.issueCodes(commandToIssue(...command));
      expect(outcome.outcome).toBe('issued');
      return idsOf(outcome);
    },
  };
}

/** Facts with what a test is about. */
export const factsOf = (some: object): Resource =>
  resourceSchema.parse({ id: 'ins', provider: 'sample', product: 'vm', ...some });

export function draft(accountId: string): FilingRow {
  const id = fresh('fil');
  return {
    id,
    accountId,
    provider: 'sample',
    kind: 'first',
    state: 'draft',
    version: 1,
    domainName: `${id}.cn`,
    serviceKind: 'website',
    subjectKind: 'enterprise',
    provinceCode: '440000',
    subjectHash: `subject-${id}`,
    subjectNumber: null,
    serviceNumber: null,
    resourceId: null,
    codeId: null,
    spendId: null,
    form: { 'service.name': '示例' },
    findings: [],
    submissionId: null,
    byHand: false,
    submittedBy: null,
    startedAt: at,
    updatedAt: at,
    dueAt: later(60),
    nameProvenAt: null,
    lapsedAt: null,
    subjectGivenAt: null,
    setAsideAt: null,
    toldKind: null,
    stateSince: null,
    reviewRound: 0,
    firstPassedBy: null,
    askedAt: null,
    callsMissed: 0,
    lastCall: null,
    callAgainAt: null,
    claim: null,
  };
}

export function idsOf(outcome: IssueCodesOutcome): string[] {
  return 'codeIds' in outcome ? outcome.codeIds : [];
}

/** The constraint or trigger that refused `work`; fails the test when nothing did. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown as { constraint?: string; code?: string; message?: string },
  );
  if (error === null) throw new Error('nothing refused it');
  return error.constraint ?? error.code ?? error.message ?? 'unknown';
}
