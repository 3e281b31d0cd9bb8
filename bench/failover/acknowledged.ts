import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type CallOptions,
  type Client,
  createClient,
  createCookieJar,
  ProblemError,
  UnreachableError,
} from '@openbeian/contract/client';
import { fictionalPerson } from '@openbeian/model/fictional';
import { createSimControls } from '../../packages/authority-sim/src/index.ts';
import { sampleLogins } from '../../packages/server/src/main/index.ts';
import { individualValues } from '../../packages/server/src/main/sample/past-forms.ts';

export type Person = 'xinghe' | 'individual' | 'reviewer';
type Send<T> = (client: Client, call: CallOptions) => Promise<T>;

/** What a server said was done: nobody may take it back. */
export type Acknowledged =
  | { readonly kind: 'issued' | 'revoked'; readonly codeId: string }
  | { readonly kind: 'filing'; readonly filingId: string; readonly version: number; readonly state: string };

interface LoadOptions {
  readonly servers: readonly [string, string];
  readonly simUrl: string;
  /** Every acknowledgement is written here before anything else is asked. */
  readonly journal: string;
}

/** A person's clients at both servers, signed in once. */
type Clients = readonly [Client, Client];

const resourceId = 'xy-web-1';

/** Of each its own: the authority refuses a name that is taken. */
const siteNameOf = (serial: number) =>
  `云帆${[...String(serial)].map((digit) => '甲乙丙丁戊己庚辛壬癸'[Number(digit)]).join('')}小记`;

/** Customers and a reviewer at work, who ask again under the same key until they are answered. */
export class AcknowledgedLoad {
  readonly acknowledged: Acknowledged[] = [];
  /** When each acknowledgement and each failed answer came, by server, in `performance.now()`. */
  readonly times: {
    readonly atMs: number;
    readonly server: number;
    readonly isDone: boolean;
    readonly tookMs: number;
  }[] = [];
  /** Answers that no outage explains. */
  readonly strange: string[] = [];
  readonly #options: LoadOptions;
  readonly #people = new Map<Person, Clients>();
  readonly #controls;
  #keys = 0;
  #persons = 1000;
  #isOver = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#controls = createSimControls(options.simUrl);
  }

  async signIn(): Promise<void> {
    for (const person of ['xinghe', 'individual', 'reviewer'] as const)
      this.#people.set(person, await this.clients(person));
  }

  async clients(person: Person): Promise<Clients> {
    const cookies = createCookieJar();
    const login = sampleLogins.find((one) => one.login === person);
    if (login === undefined) throw new Error(`no login ${person}`);
    const [first, second] = this.#options.servers.map((baseUrl) => createClient({ baseUrl, cookies }));
    if (first === undefined || second === undefined) throw new Error('two servers are needed');
    await first.signIn({ body: { login: person, password: login.password } });
    return [first, second];
  }

  /** Ends after `stop`, when everybody has got the last answer. */
  async run(issuers: number, filers: number): Promise<void> {
    const lanes = [
      ...Array.from({ length: issuers }, (_, lane) => this.#issuer(lane)),
      ...Array.from({ length: filers }, (_, lane) => this.#filer(lane)),
    ];
    await Promise.all(lanes);
  }

  stop(): void {
    this.#isOver = true;
  }

  #note(done: Acknowledged): void {
    appendFileSync(this.#options.journal, `${JSON.stringify(done)}\n`);
    this.acknowledged.push(done);
  }

  /** Under one key at one server until it is done. @throws ProblemError that says never */
  async #until<T>(person: Person, server: number, send: Send<T>): Promise<T> {
    const idempotencyKey = `failover-${(this.#keys += 1)}`;
    for (;;) {
      const client = this.#people.get(person)?.[server % 2];
      if (client === undefined) throw new Error(`${person} is not signed in`);
      const begunMs = performance.now();
      const note = (isDone: boolean) => {
        const atMs = performance.now();
        this.times.push({ atMs, server: server % 2, isDone, tookMs: atMs - begunMs });
      };
      try {
        const answer = await send(client, { idempotencyKey });
        note(true);
        return answer;
      } catch (error) {
        note(false);
        const isRefusal = error instanceof ProblemError;
        const isPassing = error instanceof UnreachableError || (isRefusal && error.problem.retry === 'later');
        if (!isPassing) throw error;
        // The database or its rows were not to be had; anything else is no outage.
        if (isRefusal && error.code === 'internal') this.strange.push(`${error.code}: ${error.problem.instance}`);
        await pause(100 + Math.random() * 100);
      }
    }
  }

  async #issuer(lane: number): Promise<void> {
    for (let turn = 0; !this.#isOver; turn += 1) {
      const { codes } = await this.#until('xinghe', lane, (client, call) =>
        client.issueCodes({ params: { resourceId }, body: { count: 1 } }, call),
      );
      const codeId = codes[0]?.code.id ?? '';
      this.#note({ kind: 'issued', codeId });
      if (turn % 4 === 0) {
        await this.#until('xinghe', lane, (client, call) => client.revokeCode({ params: { codeId } }, call));
        this.#note({ kind: 'revoked', codeId });
      }
      await pause(20);
    }
  }

  async #filer(lane: number): Promise<void> {
    while (!this.#isOver) await this.#file(lane, (this.#persons += 1));
  }

  /** One filing from start to number. */
  async #file(lane: number, serial: number): Promise<void> {
    const person = fictionalPerson(serial);
    const domainName = `failover-${serial}.cn`;
    const { codes } = await this.#until('xinghe', lane, (client, call) =>
      client.issueCodes({ params: { resourceId }, body: { granteeAccountId: 'acct-individual' } }, call),
    );
    const [code] = codes;
    if (code === undefined) throw new Error('no code was issued');
    this.#note({ kind: 'issued', codeId: code.code.id });
    const body = {
      domainName,
      subjectKind: 'individual',
      provinceCode: '440000',
      certificateType: 'resident_id',
      certificateNumber: person.residentId,
    } as const;
    const step = async (who: Person, send: Send<{ id: string; version: number; state: string }>) => {
      const filing = await this.#until(who, lane, send);
      this.#note({ kind: 'filing', filingId: filing.id, version: filing.version, state: filing.state });
      return filing;
    };
    const started = await step('individual', async (client, call) => (await client.startFiling({ body }, call)).filing);
    const params = { filingId: started.id };
    const values = individualValues(person, siteNameOf(serial), domainName);
    const saved = await step('individual', async (client, call) => {
      return (await client.saveFilingForm({ params, body: { version: started.version, values } }, call)).filing;
    });
    const bound = await step('individual', (client, call) =>
      client.bindFiling({ params, body: { version: saved.version, with: { code: code.clear } } }, call),
    );
    const submitted = await step('individual', (client, call) =>
      client.submitFiling({ params, body: { version: bound.version } }, call),
    );
    await step('reviewer', (client, call) => client.passFiling({ params, body: { version: submitted.version } }, call));
    await this.#untilFiled(lane, started.id, person.mobile);
  }

  /** The worker and the authority do the rest, with the SMS confirmed as it comes. */
  async #untilFiled(lane: number, filingId: string, mobile: string): Promise<void> {
    for (let confirmed = false; ; ) {
      const { filing } = await this.#until('individual', lane, (client) => client.getFiling({ params: { filingId } }));
      if (filing.state === 'filed') {
        this.#note({ kind: 'filing', filingId, version: filing.version, state: 'filed' });
        return;
      }
      if (filing.state === 'awaiting_sms' && !confirmed) {
        const text = (await this.#controls.listPhone()).find(
          (one) => one.mobile === mobile && one.kind === 'verification',
        );
        if (text !== undefined) {
          await this.#controls.confirmAllSms(text.submissionId);
          confirmed = true;
        }
      }
      if (filing.state === 'rejected') throw new Error(`the authority rejected ${filingId}`);
      await pause(300);
    }
  }
}
