import { expect, test } from 'vitest';
import { describeEmbedded } from '../../main/testing/rule-world.ts';
import { recordConfiguration, type Setting } from './record-configuration.ts';

describeEmbedded('recordConfiguration', (get) => {
  const setting = (path: string, value: string, secret = false): Setting => ({ path, value, secret });
  const detailsOf = async (process: string) => {
    const { rows } = await get().flows.listAudit({ actor: get().operator }, { objectId: process });
    return rows.map(({ detail }) => detail).reverse();
  };

  test('what differs from the last start of that kind of process; of a secret only that it does', async () => {
    const { deps, clock } = get();
    const start = async (...settings: Setting[]) => {
      clock.nowMs += 1000;
      await recordConfiguration(deps, 'server', settings);
    };
    await start(setting('http.port', '8600'), setting('authority.secret', 'the first', true));
    await start(setting('http.port', '8600'), setting('authority.secret', 'the first', true));
    await start(setting('http.port', '443'), setting('authority.secret', 'the second', true));
    await start(setting('http.port', '443'));
    expect(await detailsOf('server')).toEqual([
      {
        firstStart: true,
        changed: [
          { path: 'http.port', before: null, after: '8600' },
          { path: 'authority.secret', secret: true },
        ],
        removed: [],
      },
      {
        firstStart: false,
        changed: [
          { path: 'http.port', before: '8600', after: '443' },
          { path: 'authority.secret', secret: true },
        ],
        removed: [],
      },
      { firstStart: false, changed: [], removed: ['authority.secret'] },
    ]);
    const stored = await deps.store.transaction((tx) => tx.auditEvents.findConfiguration('server'));
    expect(JSON.stringify([await detailsOf('server'), stored])).not.toContain('the second');
    await recordConfiguration(deps, 'worker', [setting('http.port', '443')]);
    expect(await detailsOf('worker')).toMatchObject([{ firstStart: true }]);
  });
});
