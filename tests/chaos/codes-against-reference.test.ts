import { ProblemError } from '@openbeian/contract/client';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KnownServer, keyDays, type Model } from './known-things.ts';
import { type ModelWorld, openModelWorld, people } from './model-world.ts';
import * as reference from './reference-ledger.ts';
import { alibabaLike, tencentLike } from './reference-rules.ts';
import { chaosSeed } from './seed.ts';

const runs = Number(process.env.CHAOS_MODEL_RUNS ?? 12);
const steps = Number(process.env.CHAOS_MODEL_STEPS ?? 60);

type Step = (model: Model, world: ModelWorld) => Promise<void>;

class Command implements fc.AsyncCommand<Model, ModelWorld> {
  readonly #text: string;
  readonly #step: Step;
  constructor(text: string, step: Step) {
    this.#text = text;
    this.#step = step;
  }
  check = () => true;
  async run(model: Model, world: ModelWorld): Promise<void> {
    await this.#step(model, world);
    await expectAgreement(model, world);
  }
  toString = () => this.#text;
}

const told = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof ProblemError) return error.code;
      throw error;
    },
  );
/** Starts a filing, or is refused it, as the reference says; null for the latter. */
async function startedAsExpected(model: Model, world: ModelWorld, account: string) {
  const started = world.startFiling(account);
  const expected = reference.open(model.realNames.get(account) ?? '');
  expect(await told(started)).toBe(expected);
  return expected === 'done' ? started : null;
}
const codesOf = (reasons: readonly { readonly code: string }[]) => reasons.map(({ code }) => code).sort();
const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

/** States, reasons and quotas of everything, as the product derives them today. */
async function expectAgreement(model: Model, world: ModelWorld): Promise<void> {
  const today = world.today();
  for (const server of model.servers) {
    const { check } = await world.as(server.owner).getResource({ params: { resourceId: server.id } });
    expect({ issue: check.issue.quota?.remaining, file: check.file.quota?.remaining }, server.id).toEqual({
      issue: reference.remainingOf(server, 'issue'),
      file: reference.remainingOf(server, 'file'),
    });
    const listed = await world.as(server.owner).listCodes({ query: { resourceId: server.id } });
    const seen = listed.codes.map((code) => [code.id, code.state, code.granteeAccountId, codesOf(code.reasons)]);
    const known = model.codes.filter((code) => code.server === server);
    expect(seen.sort(byId)).toEqual(
      known
        .map((code) => {
          const isOver = code.state === 'used' || code.state === 'revoked';
          const lapses = isOver ? [] : reference.lapses(code.server, today);
          return [code.id, reference.stateOf(code, today), code.grantee, lapses];
        })
        .sort(byId),
    );
  }
}
const byId = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);

async function putServers(world: ModelWorld, servers: readonly KnownServer[]): Promise<void> {
  const resources = servers.map((server) => ({
    id: server.id,
    account: server.owner,
    ...(server.rule === tencentLike
      ? { provider: 'xingyun', product: 'server', region: 'cn-south-1' }
      : { provider: 'alibaba', product: 'ecs', region: 'cn-hangzhou' }),
    ...(server.prepaid
      ? { billing: 'prepaid', boughtAt: world.day(server.boughtOn), expiresAt: world.day(server.expiresOn) }
      : { billing: 'pay_as_you_go' }),
    publicIps: server.hasIp ? [{ address: '203.0.113.7', kind: 'instance' }] : [],
    bandwidthMbps: server.hasIp ? 5 : 0,
  }));
  await world.operator.putInventory({ body: { accounts: [], resources } });
}

const changeServer = (text: string, change: (server: KnownServer, today: number) => void) =>
  fc.nat(3).map(
    (index) =>
      new Command(`${text}(server ${index})`, async (model, world) => {
        const server = pick(model.servers, index);
        if (server === undefined) return;
        change(server, world.today());
        await putServers(world, [server]);
      }),
  );

const accounts = fc.constantFrom(...people);
const lives = [
  fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 6 }), fc.option(accounts)).map(
    ([index, count, granteeAccountId]) =>
      new Command(`issue(server ${index}, ${count}, ${granteeAccountId})`, async (model, world) => {
        const server = pick(model.servers, index) as KnownServer;
        const expected = reference.issue(server, count, model.realNames.get(server.owner) ?? '', world.today());
        const [key, body] = [world.fresh('key'), { count, granteeAccountId }];
        const asked = world
          .as(server.owner)
          .issueCodes({ params: { resourceId: server.id }, body }, { idempotencyKey: key });
        if (expected !== 'issued') return expect(await told(asked)).toBe(expected);
        const { codes } = await asked;
        for (const { clear, code } of codes)
          model.codes.push({ server, id: code.id, clear, grantee: granteeAccountId, state: 'unused', filing: null });
        model.answered.push({ server, key, body, answer: codes.map(({ clear }) => clear), on: world.today() });
      }),
  ),
  fc.nat().map(
    (index) =>
      new Command(`issueAgain(${index})`, async (model, world) => {
        const before = pick(model.answered, index);
        // Whether an old key is still there depends on when the last round of work was: no promise to check.
        if (before === undefined || world.today() - before.on >= keyDays) return;
        const { server, key, body, answer } = before;
        const again = await world
          .as(server.owner)
          .issueCodes({ params: { resourceId: server.id }, body }, { idempotencyKey: key });
        expect(again.codes.map(({ clear }) => clear)).toEqual(answer);
      }),
  ),
  fc.tuple(fc.nat(), accounts).map(
    ([index, account]) =>
      new Command(`grant(code ${index}, ${account})`, async (model, world) => {
        const code = pick(model.codes, index);
        if (code === undefined) return;
        const free = code.state === 'unused';
        const body = { granteeAccountId: account };
        const answer = await told(world.as(code.server.owner).grantCode({ params: { codeId: code.id }, body }));
        expect(answer).toBe(free ? 'done' : 'code.wrong_state');
        if (free) code.grantee = account;
      }),
  ),
  fc.tuple(fc.nat(), accounts).map(
    ([index, account]) =>
      new Command(`verify(code ${index}, ${account})`, async (model, world) => {
        const code = pick(model.codes, index);
        if (code === undefined) return;
        const answer = await world.as(account).verifyCode({ body: { code: code.clear, accountId: account } });
        const expected = reference.against(code, account, world.today());
        expect({ usable: answer.usable, reasons: codesOf(answer.reasons) }).toEqual({
          usable: expected.length === 0,
          reasons: expected,
        });
      }),
  ),
  fc.nat().map(
    (index) =>
      new Command(`revoke(code ${index})`, async (model, world) => {
        const code = pick(model.codes, index);
        if (code === undefined) return;
        const asked = world.as(code.server.owner).revokeCode({ params: { codeId: code.id } });
        expect(await told(asked)).toBe(reference.revoke(code));
      }),
  ),
  fc.tuple(fc.nat(), accounts).map(
    ([index, account]) =>
      new Command(`bind(code ${index}, ${account})`, async (model, world) => {
        const code = pick(model.codes, index);
        if (code === undefined) return;
        const opened = await startedAsExpected(model, world, account);
        if (opened === null) return;
        const { id, values } = opened;
        const body = { version: await world.versionOf(account, id), with: { code: code.clear } };
        const answer = await told(world.as(account).bindFiling({ params: { filingId: id }, body }));
        const usable = reference.against(code, account, world.today()).length === 0;
        expect(answer).toBe(usable ? 'done' : 'code.not_usable');
        if (usable) Object.assign(code, { state: 'bound', filing: { id, account, values } });
      }),
  ),
  fc.nat().map(
    (index) =>
      new Command(`giveUp(${index})`, async (model, world) => {
        const code = pick(
          model.codes.filter((one) => one.state === 'bound'),
          index,
        );
        if (!code?.filing) return;
        const { id, account } = code.filing;
        const body = { version: await world.versionOf(account, id) };
        await world.as(account).abandonFiling({ params: { filingId: id }, body });
        Object.assign(code, { state: 'unused', filing: null });
      }),
  ),
  fc.nat().map(
    (index) =>
      new Command(`fileWithCode(${index})`, async (model, world) => {
        const code = pick(
          model.codes.filter((one) => one.state === 'bound'),
          index,
        );
        if (!code?.filing) return;
        const { id, account, values } = code.filing;
        const answer = await told(world.submit(account, id, values));
        const lapsed = reference.lapses(code.server, world.today()).length > 0;
        expect(answer).toBe(lapsed ? 'code.not_usable' : 'done');
        if (lapsed) return;
        expect(await world.file(account, id)).toBe('filed');
        code.state = 'used';
        model.records.push({ server: code.server, withCode: true, number: await world.numberOf(account, id) });
      }),
  ),
  fc.tuple(fc.nat(), fc.nat()).map(
    ([index, to]) =>
      new Command(`repoint(code ${index}, server ${to})`, async (model, world) => {
        // Most often what can succeed: free codes, and servers of the same owner and rule.
        const free = model.codes.filter(({ state }) => state === 'unused');
        const code = pick([...free, ...free, ...model.codes], index);
        const { owner: mine, rule } = code?.server ?? {};
        const near = model.servers.filter((one) => one.owner === mine && one.rule === rule && one !== code?.server);
        const server = pick([...near, ...near, ...near, ...near, ...model.servers], to);
        if (code === undefined || server === undefined) return;
        const { owner } = code.server;
        const body = { resourceId: server.id };
        const answer = await told(world.as(owner).repointCode({ params: { codeId: code.id }, body }));
        expect(answer).toBe(reference.repoint(code, server, model.realNames.get(owner) ?? '', world.today()));
      }),
  ),
  fc.nat().map(
    (index) =>
      new Command(`cancel(record ${index})`, async (model, world) => {
        const [record] = model.records.splice(index % Math.max(1, model.records.length), 1);
        if (record === undefined) return;
        const { server, withCode, number } = record;
        const body = { scope: 'service', number, reason: 'the story says so' } as const;
        // Told twice, it gives back once.
        for (const changed of [true, false]) {
          expect((await world.operator.cancelRecord({ body })).changed).toBe(changed);
        }
        reference.cancel(server, withCode);
      }),
  ),
  fc.nat(3).map(
    (index) =>
      new Command(`fileDirectly(server ${index})`, async (model, world) => {
        const server = pick(model.servers, index) as KnownServer;
        const opened = await startedAsExpected(model, world, server.owner);
        if (opened === null) return;
        const { id, values } = opened;
        const body = { version: await world.versionOf(server.owner, id), with: { resourceId: server.id } };
        const answer = await told(world.as(server.owner).bindFiling({ params: { filingId: id }, body }));
        expect(answer).toBe(reference.takeDirectly(server, world.today()));
        if (answer === 'done') model.direct.push({ server, filing: { id, account: server.owner, values } });
      }),
  ),
  fc.nat().map(
    (index) =>
      new Command(`finishDirect(${index})`, async (model, world) => {
        const at = index % Math.max(1, model.direct.length);
        const direct = model.direct[at];
        if (direct === undefined) return;
        const { server, filing } = direct;
        const { id, account, values } = filing;
        const answer = await told(world.submit(account, id, values));
        const lapsed = reference.lapses(server, world.today()).length > 0;
        expect(answer).toBe(lapsed ? 'resource.not_eligible' : 'done');
        if (lapsed) return;
        expect(await world.file(account, id)).toBe('filed');
        model.direct.splice(at, 1);
        model.records.push({ server, withCode: false, number: await world.numberOf(account, id) });
      }),
  ),
  fc.nat().map(
    (index) =>
      new Command(`giveUpDirect(${index})`, async (model, world) => {
        const [direct] = model.direct.splice(index % Math.max(1, model.direct.length), 1);
        if (direct === undefined) return;
        const { server, filing } = direct;
        const body = { version: await world.versionOf(filing.account, filing.id) };
        await world.as(filing.account).abandonFiling({ params: { filingId: filing.id }, body });
        server.directSpent -= 1;
      }),
  ),
];
const facts = [
  fc
    .integer({ min: 1, max: 45 })
    .map((days) => new Command(`pass(${days} days)`, async (_, world) => world.pass(days))),
  changeServer('renew', (server) => {
    if (server.prepaid) server.expiresOn += 90;
  }),
  changeServer('toPayAsYouGo', (server) => {
    server.prepaid = false;
  }),
  changeServer('toPrepaidLong', (server, today) =>
    Object.assign(server, { prepaid: true, boughtOn: today, expiresOn: today + 100 }),
  ),
  changeServer('toPrepaidShort', (server, today) =>
    Object.assign(server, { prepaid: true, boughtOn: today, expiresOn: today + 60 }),
  ),
  changeServer('loseIp', (server) => {
    server.hasIp = false;
  }),
  changeServer('regainIp', (server) => {
    server.hasIp = true;
  }),
  fc.tuple(accounts, fc.constantFrom('enterprise', 'individual', 'none')).map(
    ([id, realName]) =>
      new Command(`realName(${id}, ${realName})`, async (model, world) => {
        await world.operator.putInventory({ body: { accounts: [{ id, realName }], resources: [] } });
        model.realNames.set(id, realName);
      }),
  ),
];

/** What happens to codes, three times as often as what happens to servers: most facts suspend, and then little can happen. */
const commands = [...lives, ...lives, ...lives, ...facts];

let world: ModelWorld;
beforeAll(async () => {
  world = await openModelWorld();
}, 60_000);
afterAll(() => world?.close());

async function freshModel(): Promise<Model> {
  const today = world.today();
  const server = (owner: string, rule: reference.Rule): KnownServer => ({
    id: world.fresh('ins'),
    owner,
    rule,
    prepaid: true,
    boughtOn: today - 60,
    expiresOn: today + 60,
    hasIp: true,
    codesSpent: 0,
    directSpent: 0,
  });
  const servers = [
    server('acct-a', tencentLike),
    server('acct-a', alibabaLike),
    server('acct-b', tencentLike),
    server('acct-a', tencentLike),
  ];
  await world.operator.putInventory({
    body: { accounts: people.map((id) => ({ id, realName: 'enterprise' })), resources: [] },
  });
  await putServers(world, servers);
  return {
    servers,
    codes: [],
    direct: [],
    records: [],
    realNames: new Map(people.map((id) => [id, 'enterprise'])),
    answered: [],
  };
}

it('the product agrees with the reference ledger after every step of any story', { timeout: 300_000 }, async () => {
  const seed = chaosSeed('codes against the reference');
  // A counterexample prints its path: CHAOS_MODEL_PATH with the same seed goes straight to it.
  const path = process.env.CHAOS_MODEL_PATH;
  const replayPath = process.env.CHAOS_MODEL_REPLAY;
  await fc.assert(
    fc.asyncProperty(
      fc.commands(commands, { maxCommands: steps, size: 'max', ...(replayPath ? { replayPath } : {}) }),
      async (story) => {
        await fc.asyncModelRun(async () => ({ model: await freshModel(), real: world }), story);
      },
    ),
    { seed, numRuns: runs, ...(path ? { path } : {}), interruptAfterTimeLimit: 120_000 },
  );
});
