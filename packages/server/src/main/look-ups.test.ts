import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sealingContexts } from '../ports/index.ts';
import { LookUps } from '../work/look-ups.ts';
import { parseConfig } from './config.ts';
import { lookUpsOf } from './look-ups.ts';
import { outside, submitted } from './testing/outside.ts';
import { depsWith, failuresOf, ignore, vaultWithout } from './testing/poison.ts';
import { describeOnBoth, failTest, type RuleWorld } from './testing/rule-world.ts';

const hourMs = 3_600_000;

const work = (world: RuleWorld, deps = world.deps, onError: (error: unknown) => void = failTest) =>
  new LookUps(deps, { owner: world.fresh('worker'), pollMs: 1, onError }).tick();

await describeOnBoth('look-ups by background work', (get) => {
  test('a question whose form cannot be opened is put off, and keeps no other waiting', async () => {
    const world = get();
    const asked = outside(world);
    const bad = await submitted(world);
    const good = await submitted(world);
    const closed = sealingContexts.filings(bad.filingId, 'subject.principal.mobile');
    await work(world, depsWith(world, { vault: vaultWithout(world, closed) }), ignore);
    expect(asked).toEqual([good.domainName]);
    expect(await failuresOf(world, 'look_up')).toMatchObject([{ itemId: `${bad.filingId}:registration`, failures: 1 }]);
    world.clock.nowMs += hourMs;
    await work(world);
    expect(asked).toEqual([good.domainName, bad.domainName]);
    expect(await failuresOf(world, 'look_up')).toEqual([]);
  });
});

test('a registry inside the provider’s network is asked, where it is named; its answer compares the holder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-rdap-'));
  const server = createServer((_request, response) => {
    const card = ['vcard', [['fn', {}, 'text', '别的公司']]];
    const entities = [{ roles: ['registrant'], vcardArray: card }];
    response.end(JSON.stringify({ objectClassName: 'domain', ldhName: 'example.cn', entities }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const file = join(folder, 'dns.json');
    const { port } = server.address() as AddressInfo; // it listens on a port
    writeFileSync(file, JSON.stringify({ services: [[['cn'], [`http://127.0.0.1:${port}/`]]] }));
    const ask = (insideRegistries: string[]) => {
      const config = parseConfig({
        provider: 'tencent',
        name: { zh: '测试', en: 'Test' },
        authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
        lookUps: { ask: ['registration'], rdapBootstrapFile: file, insideRegistries },
      });
      const { ports } = lookUpsOf(config, { now: () => '2026-11-21T02:00:00Z' });
      const question = { domainName: 'example.cn', subjectName: '示例公司', isFiled: false, ranges: [] };
      return Promise.all(ports.map((one) => one.ask(question)));
    };
    expect(await ask([])).toMatchObject([{ name: 'registration', state: 'failed' }]);
    const [answer] = await ask(['127.0.0.1']);
    expect(answer).toMatchObject({ state: 'answered', source: `http://127.0.0.1:${port}/domain/example.cn` });
    expect(answer?.said.zh).toContain('持有者与主办者不一致');
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
