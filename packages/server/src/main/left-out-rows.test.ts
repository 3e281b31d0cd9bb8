import { beforeAll, expect, test } from 'vitest';
import { reach } from './testing/filing-steps.ts';
import { type OperationWorld, openOperations } from './testing/operation-world.ts';

let world: OperationWorld;
beforeAll(async () => {
  world = await openOperations();
});

/** Servers of two releases on one database: the older one shows what it knows. */
test('rows that only a newer release could have written hide no others of their list', async () => {
  const owner = await world.customer();
  const [newer, known] = [await reach(world, owner, 'draft'), await reach(world, owner, 'draft')];
  await world.run(`UPDATE filing SET kind = 'newer', told_kind = NULL WHERE id = '${newer.filingId}'`);
  const { filings } = await owner.client.listFilings({});
  expect(filings.map(({ id }) => id)).toEqual([known.filingId]);

  const receiver = async (name: string) => {
    const input = { url: `https://hooks.example.com/${name}`, types: [], description: name };
    return (await world.flows.createWebhook(world.call(owner.accountId), input)).webhook.id;
  };
  const [newerHook, knownHook] = [await receiver('newer'), await receiver('known')];
  await world.run(`UPDATE webhook SET types = '{Newer}' WHERE id = '${newerHook}'`);
  const { webhooks } = await owner.client.listWebhooks({});
  expect(webhooks.map(({ id }) => id)).toEqual([knownHook]);

  const notice = async (about: string) => {
    const at = world.deps.clock.now();
    const row = {
      id: world.deps.ids.next('ntc'),
      accountId: owner.accountId,
      type: 'CodeSuspended',
      about,
      at,
    } as const;
    await world.deps.store.transaction((tx) =>
      tx.notices.add({ ...row, resourceId: null, webhookId: null, codes: 1, stopsOn: null, daysLeft: null }),
    );
    return row.id;
  };
  const [newerNotice, unreadable, knownNotice] = [await notice('a'), await notice('b'), await notice('c')];
  await world.run(`UPDATE notice SET type = 'Newer' WHERE id = '${newerNotice}'`);
  await world.run(`UPDATE notice SET type = 'RevealQuotaSpent', detail = 'null' WHERE id = '${unreadable}'`);
  const { notices } = await owner.client.listNotices({});
  expect(notices.map(({ id }) => id)).toEqual([knownNotice, unreadable]);

  const failure = (kind: string) =>
    world.run(
      `INSERT INTO work_failure (kind, item_id, failures, failed_at, last_error) VALUES ('${kind}', '${kind} of ${owner.accountId}', 1, now(), 'x')`,
    );
  await failure('newer');
  await failure('message');
  const { failures } = await world.people.operator.client.listWorkFailures({ query: { limit: 500 } });
  const own = failures.filter(({ itemId }) => itemId.endsWith(` of ${owner.accountId}`));
  expect(own.map(({ kind }) => kind)).toEqual(['message']);
  await world.run(`DELETE FROM work_failure WHERE item_id LIKE '% of ${owner.accountId}'`);
  await world.run(`UPDATE filing SET kind = 'first' WHERE id = '${newer.filingId}'`);
});

test.each([
  `facts = '7'`,
  `facts = 'null'`,
  `facts = '{"billing": 7, "publicIps": "x"}'`,
  `facts = facts || '{"expiresAt": "nonsense"}'`,
  `facts = facts || '{"publicIps": [null]}'`,
])('a resource whose %s hides no others of the list', async (altered) => {
  const [owner, other] = [await world.customer(), await world.customer()];
  const ids = [await world.eligible(owner), await world.eligible(owner), await world.eligible(other)];
  const [bad, beside, others] = ids;
  await world.run(`UPDATE resource SET ${altered} WHERE id = '${bad}'`);
  const { resources } = await world.people.operator.client.listResources({ query: { limit: 500, show: 'all' } });
  const seen = resources.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
  expect(seen.sort()).toEqual([beside, others].sort());
  const own = await owner.client.listResources({ query: { show: 'file' } });
  expect(own.resources.map(({ id, check }) => [id, check.file.outcome])).toEqual([[beside, 'eligible']]);
  await world.run(`DELETE FROM resource_clock WHERE resource_id = '${bad}'`);
  await world.run(`DELETE FROM resource WHERE id = '${bad}'`);
});
