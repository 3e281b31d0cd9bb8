import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import type { AuthorityMessage } from '../../ports/index.ts';
import { keepUnreadable } from './keep-unreadable.ts';
import { retryMessages } from './record-message.ts';

describe('keepUnreadable', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test('parks what cannot be read, sealed, naming its places; a release that reads it takes it from there', async () => {
    const { filingId } = await reach(world, await world.customer(), 'sent');
    const filing = await world.deps.store.transaction((tx) => tx.filings.find(filingId));
    const messageId = world.fresh('msg');
    const raw = '{"mobile":"13900139000"}';
    const places = [{ path: 'messages[3].kind', expected: 'a kind', expectedZh: '种类' }];
    const told: unknown[] = [];
    await keepUnreadable(world.deps, { kind: 'unreadable', messageId, raw, places }, (error) => told.push(error));
    expect(told).toHaveLength(1);
    const failure = async () =>
      (await world.flows.listWorkFailures({ actor: world.operator }, {})).failures.find(
        ({ itemId }) => itemId === messageId,
      );
    expect(await failure()).toMatchObject({ kind: 'message', failures: 1, retryAt: null });
    expect((await failure())?.lastError).not.toContain('13900139000');
    const call = () => ({ actor: world.operator, idempotencyKey: world.fresh('key') });
    const retry = async () => {
      await world.flows.retryWork(call(), { kind: 'message', itemId: messageId });
      await retryMessages(world.deps, () => {});
    };
    // Still unreadable: kept, and parked again.
    world.replace({ authority: { readMessage: () => null } });
    await retry();
    expect(await failure()).toMatchObject({ failures: 1, retryAt: null });
    const message: AuthorityMessage = {
      kind: 'sms_confirmed',
      messageId,
      submissionId: filing?.submissionId ?? '',
      sentAt: world.deps.clock.now(),
    };
    world.replace({ authority: { readMessage: (text) => (text === raw ? message : null) } });
    await retry();
    expect(await failure()).toBeUndefined();
    expect((await world.events(filingId)).at(-1)).toBe('SmsConfirmed');
  });
});
