import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { deskLine, fictionalDesk } from '../../main/testing/line-desk.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';
import { syncWorld } from '../../main/testing/sync-world.ts';
import type { HeardProcess, ProcessReport } from '../../ports/index.ts';

const files = { kept: 'directory', isReachable: true, freeBytes: 80e9, totalBytes: 100e9 } as const;

function reportsOf(world: OperationWorld) {
  const { version, migration } = world.deps.system;
  const own = { migration, clockAheadMs: 4, files };
  return {
    server: (facts: object = {}): ProcessReport => ({
      kind: 'server',
      name: 'machine-1:8600',
      version,
      facts: { ...own, replica: null, certificate: null, ...facts },
    }),
    worker: (facts: object = {}, name = 'machine-1:8601'): ProcessReport => ({
      kind: 'worker',
      name,
      version,
      facts: { ...own, stalled: [], isHeldByClock: false, ...facts },
    }),
    gate: (facts: object = {}): ProcessReport => ({
      kind: 'gate',
      name: '广州 1',
      version,
      facts: { sequence: 0, decisions: [], startedAt: null, ...facts },
    }),
  };
}

describeOperation('getOperations', { may: ['operator'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  const put = (...reports: ProcessReport[]) => get().deps.store.transaction((tx) => tx.processReports.put(reports));
  const run = (text: string) => sql.raw(text).execute(get().deployment.open.kysely);
  const read = async () => {
    const answer = await get().people.operator.client.getOperations({});
    const item = (id: string) => answer.items.find((one) => one.id === id);
    const part = (of: string, id: string) => item(of)?.parts.find((one) => one.id === id);
    return { ...answer, item, part };
  };
  beforeEach(async () => {
    const { store } = get().deps;
    // Tests of other operations share the database.
    await run('DELETE FROM job');
    await run(`DELETE FROM webhook_delivery WHERE state = 'waiting'`);
    await run('UPDATE webhook SET failing_since = NULL, paused_at = NULL, paused_because = NULL');
    await run('UPDATE code_event SET relayed_at = now() WHERE relayed_at IS NULL');
    await run(`UPDATE authority_difference SET ended_at = now(), ending = 'agrees' WHERE ended_at IS NULL`);
    await run(`UPDATE authority_reconciliation SET ending = 'called_off' WHERE ended_at IS NOT NULL`);
    const known = await store.read((tx) => tx.processReports.list(100));
    await store.transaction(async (tx) => {
      for (const { kind, name } of known as HeardProcess[]) await tx.processReports.remove(kind, name);
      for (const { kind } of await tx.operations.listParked(1)) {
        await tx.workFailures.retryParked(kind, get().deps.clock.now(), 1000);
      }
    });
  });

  test('is well where processes run and nothing waits, and what is not known is said without alarm', async () => {
    const { server, worker, gate } = reportsOf(get());
    const sequence = await get().flows.getGateVersion(get().people.visitor);
    await put(server(), worker(), gate({ sequence }));
    const { state, failing, attention, unknown, items, item, part } = await read();
    expect(items.filter((one) => one.state === 'attention' || one.state === 'failing')).toEqual([]);
    expect({ state, failing, attention }).toEqual({ state: 'ok', failing: 0, attention: 0 });
    expect(unknown).toBe(items.filter((one) => one.state === 'unknown').length);
    expect(item('certificate')).toMatchObject({
      state: 'unknown',
      todo: { zh: expect.stringContaining('http.publicUrl') },
    });
    expect(item('clock')?.text.zh).toContain('不到 0.1 秒');
    expect(item('migrations')?.text.en).toContain(get().deps.system.migration);
    expect(part('gates', '广州 1')?.text.zh).toContain(`数据最新（第 ${sequence} 号变更）`);
    expect(part('files', 'worker machine-1:8601')?.text.en).toBe('Reachable, 80 GB free');
    for (const one of items) expect(one.todo === null, one.id).toBe(one.state === 'ok' || one.parts.length > 0);
  });

  test('syncs of inventories: as the last run ended, and what to do; no item where none is configured', async () => {
    expect((await read()).item('inventory_syncs')).toBeUndefined();
    const world = get();
    const { sync, lists, answers, run: runSync } = syncWorld(world, await world.customer());
    const found = async () => (await read()).part('inventory_syncs', sync.name);
    expect(await found()).toMatchObject({ state: 'unknown' });
    lists('a', 'b', 'c');
    await runSync();
    expect(await found()).toMatchObject({ state: 'ok', text: { en: expect.stringContaining('3 read, 3 new') } });
    lists('a');
    await runSync();
    expect(await found()).toMatchObject({
      state: 'attention',
      link: '/inventory',
      todo: { zh: expect.stringContaining('差异') },
    });
    answers(async () => ({ trouble: { zh: '凭证被拒绝', en: 'refused' } }));
    for (let failures = 0; failures < 5; failures++) await runSync();
    expect(await found()).toMatchObject({ state: 'failing', text: { zh: expect.stringContaining('凭证被拒绝') } });
  });

  test('nothing works without a worker; one that was missed beside another is only to be looked at', async () => {
    const { server, worker } = reportsOf(get());
    await put(server());
    expect((await read()).item('workers')).toMatchObject({
      state: 'failing',
      todo: { en: expect.stringContaining('openbeian worker') },
    });
    await put(worker(), worker({}, 'machine-2:8601'));
    await run(`UPDATE process_report SET heard_at = now() - interval '10 minutes' WHERE name = 'machine-2:8601'`);
    const { item, part } = await read();
    expect(item('workers')).toMatchObject({ state: 'attention', text: { en: '1 worker running' } });
    expect(part('workers', 'machine-2:8601')).toMatchObject({ state: 'attention', text: { zh: '10 分钟没有报告' } });
    await put(worker({ stalled: ['messages'] }), worker({ migration: '0001-schema' }, 'machine-2:8601'));
    const later = await read();
    expect(later.part('workers', 'machine-1:8601')).toMatchObject({
      state: 'failing',
      text: { en: expect.stringContaining('messages') },
    });
    expect(later.part('workers', 'machine-2:8601')).toMatchObject({ state: 'attention' });
  });

  test('clocks, the standby, the disk and the certificate are as the processes see them', async () => {
    const { server, worker } = reportsOf(get());
    Object.assign(get().deps, { publicUrl: 'https://beian.example' });
    const at = Date.parse(get().deps.clock.now());
    const certificate = (days: number, trouble: string | null = null) => ({
      certificate: { host: 'beian.example', until: new Date(at + days * 86_400_000 + 1000).toISOString(), trouble },
    });
    await put(
      server({ ...certificate(40), clockAheadMs: 2500, replica: { why: 'behind', lagSeconds: 7.2 } }),
      worker({ clockAheadMs: -90_000, files: { ...files, freeBytes: 2e9 } }),
    );
    const { item, part } = await read();
    expect(part('clock', 'server machine-1:8600')).toMatchObject({
      state: 'attention',
      text: { zh: '比数据库快 2.5 秒' },
    });
    expect(part('clock', 'worker machine-1:8601')).toMatchObject({ state: 'failing' });
    expect(item('replica')).toMatchObject({ state: 'attention' });
    expect(part('replica', 'machine-1:8600')?.text.zh).toContain('落后超过上限（最多落后 8 秒）');
    expect(part('files', 'worker machine-1:8601')).toMatchObject({
      state: 'attention',
      text: { zh: '可访问，磁盘剩余 2.0 GB' },
    });
    expect(item('certificate')).toMatchObject({ state: 'ok', text: { en: expect.stringContaining('in 40 days') } });
    for (const [days, state] of [
      [13, 'attention'],
      [2, 'failing'],
      [-1, 'failing'],
    ] as const) {
      await put(server(certificate(days)));
      expect((await read()).item('certificate')?.state).toBe(state);
    }
    await put(server(certificate(40, 'ERR_TLS_CERT_ALTNAME_INVALID')));
    expect((await read()).item('certificate')?.state).toBe('failing');
    await put(server({ certificate: { host: 'beian.example', until: null, trouble: 'ECONNREFUSED' } }));
    expect((await read()).item('certificate')).toMatchObject({
      state: 'unknown',
      text: { zh: expect.stringContaining('ECONNREFUSED') },
    });
    await put(worker({ files: { ...files, isReachable: false } }));
    expect((await read()).part('files', 'worker machine-1:8601')).toMatchObject({ state: 'failing' });
    Object.assign(get().deps, { publicUrl: null });
  });

  test('a gate that lacks changes, that is silent, and that says how it has decided', async () => {
    const owner = await get().customer();
    await get().filed(owner.accountId, { resourceId: await get().eligible(owner) });
    const version = await get().flows.getGateVersion(get().people.visitor);
    const { gate } = reportsOf(get());
    const decisions = [
      { outcome: 'allow', reason: 'filed_here', count: 40 },
      { outcome: 'block', reason: 'unfiled', count: 3 },
      { outcome: 'block', reason: 'a_new_one', count: 1 },
    ];
    await put(gate({ sequence: version - 1, decisions }));
    const behind = (await read()).part('gates', '广州 1');
    expect(behind).toMatchObject({ state: 'attention', todo: { zh: expect.stringContaining('日志') } });
    expect(behind?.text.zh).toContain('落后 1 条变更');
    expect(behind?.text.zh).toContain('放行 40 次、阻断 4 次（未备案 3，a_new_one 1）');
    await put(gate({ sequence: version + 3 }));
    expect((await read()).part('gates', '广州 1')).toMatchObject({ state: 'attention' });
    await put(gate({ sequence: null, decisions: null }));
    expect((await read()).part('gates', '广州 1')).toMatchObject({ state: 'ok' });
    await run(`UPDATE process_report SET heard_at = now() - interval '3 hours' WHERE kind = 'gate'`);
    const silent = await read();
    expect(silent.part('gates', '广州 1')).toMatchObject({ state: 'failing' });
    expect(silent.part('gates', '广州 1')?.text.en).toContain('for 3 hours');
    expect(silent.item('gates')?.text.en).toContain('0 gates');
  });

  test('parked work is named by its kind with what it failed by, and is well again once it is retried', async () => {
    const { store, clock } = get().deps;
    const { client } = get().people.operator;
    const row = { kind: 'clock', payload: null, sealedPayload: null, failedAt: clock.now(), retryAt: null } as const;
    const itemId = get().fresh('item');
    await store.transaction((tx) => tx.workFailures.put({ ...row, itemId, lastError: 'TypeError: x' }));
    const { item, part, state } = await read();
    expect(state).toBe('failing');
    expect(item('parked')).toMatchObject({ state: 'failing', link: '/jobs' });
    expect(part('parked', 'clock')).toMatchObject({
      name: { zh: '计算授权码失效日期' },
      text: { zh: '1 项已搁置，例如：TypeError: x' },
      action: { act: 'retry_parked', kind: 'clock' },
    });
    const lastFault = { code: 'authority.refused', zh: '管局拒收', en: 'refused' };
    await store.transaction((tx) => tx.workFailures.put({ ...row, itemId, lastError: 'Fault: refused', lastFault }));
    expect((await read()).part('parked', 'clock')?.text).toEqual({
      zh: '1 项已搁置，例如：管局拒收',
      en: '1 parked, for example: refused',
    });
    await client.retryParkedWork({ params: { kind: 'clock' } });
    expect((await read()).item('parked')).toMatchObject({ state: 'ok', parts: [] });
    await store.transaction((tx) => tx.workFailures.clear('clock', itemId));
  });

  test('lines that are stopped, closed or late, and those that have something for an operator', async () => {
    const { deps } = get();
    const since = (minutes: number) => new Date(Date.parse(deps.clock.now()) - minutes * 60_000).toISOString();
    const because = { code: '12', zh: '密码错误', en: 'wrong password' };
    const quiet = { ...deskLine, openCases: 0 };
    const lines = [
      { ...quiet, provinceCode: '110000' },
      { ...quiet, provinceCode: '310000', stoppedAt: since(30), stoppedBecause: because },
      { ...quiet, provinceCode: '330000', closedUntil: since(-10), closedBecause: because },
      { ...quiet, provinceCode: '440000', downloadAfter: since(180), openCases: 2 },
      { ...quiet, provinceCode: '510000', sendingSince: since(60) },
    ];
    get().useDesk(fictionalDesk({ listLines: async () => lines }));
    const { item, part } = await read();
    expect(item('lines')).toMatchObject({ state: 'failing', text: { en: '3 of 5 lines open' } });
    expect(item('lines')?.parts.map(({ id, state }) => [id, state])).toEqual([
      ['310000', 'failing'],
      ['330000', 'attention'],
      ['440000', 'attention'],
      ['440000 cases', 'attention'],
      ['510000', 'attention'],
    ]);
    expect(part('lines', '310000')).toMatchObject({
      name: { zh: '上海' },
      text: { zh: '已停止 30 分钟：密码错误（12）' },
      action: { act: 'resume_line', provinceCode: '310000' },
      link: '/authority',
    });
    expect(part('lines', '440000')?.text.en).toBe('Results should have been asked for 3 hours ago');
    expect(item('reconciliation')).toMatchObject({ state: 'unknown' });
    Object.assign(deps, { authorityDesk: null, authorityByHand: true });
    expect((await read()).item('lines')).toMatchObject({ state: 'ok', text: { zh: expect.stringContaining('录入') } });
    Object.assign(deps, { authorityByHand: false });
  });

  test('receivers that fail are named without what may be secret of their address', async () => {
    const { client } = get().people.operator;
    const { webhook } = await client.createWebhook({ body: { url: 'https://hooks.example.com/secret-path?key=1' } });
    await run(`UPDATE webhook SET failing_since = now() - interval '2 hours' WHERE id = '${webhook.id}'`);
    const failing = (await read()).part('webhooks', webhook.id);
    expect(failing).toMatchObject({
      state: 'attention',
      name: { zh: 'https://hooks.example.com' },
      link: `/webhooks/${webhook.id}`,
    });
    expect(JSON.stringify(failing)).not.toContain('secret');
    await run(`UPDATE webhook SET paused_at = now(), paused_because = 'gone' WHERE id = '${webhook.id}'`);
    expect((await read()).part('webhooks', webhook.id)).toMatchObject({ state: 'failing' });
    await run(`UPDATE webhook SET paused_because = 'request' WHERE id = '${webhook.id}'`);
    expect((await read()).part('webhooks', webhook.id)).toBeUndefined();
  });
});
