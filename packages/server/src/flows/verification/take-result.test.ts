import { verificationResultShape } from '@openbeian/contract';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { outcomeOf } from '../../main/testing/operation-tests.ts';
import { messageOf, openWithVerification, useService, verifierCall } from '../../main/testing/verification-service.ts';

const { world, service } = await openWithVerification();
const role = 'service_principal' as const;
const now = () => world.deps.clock.now();
const minutes = (count: number) => new Date(world.clock.nowMs + count * 60_000).toISOString();

async function begin() {
  const owner = await world.customer();
  const draft = await reach(world, owner, 'draft');
  await owner.client.startVerification(stepOf(draft, { role }));
  const reference = service.started.at(-1)?.reference ?? '';
  const stand = async () => {
    const { persons } = await owner.client.getVerification({ params: { filingId: draft.filingId } });
    return persons[0];
  };
  const tell = (result: object, id = 'msg_1') => {
    const said = { reference, resultId: 'r1', outcome: 'passed', at: now(), ...result };
    return world.flows.takeVerificationResult(verifierCall, messageOf(said, { at: now(), id }));
  };
  return { owner, draft, reference, stand, tell };
}

describe('takeVerificationResult', () => {
  test('twice is taken once: one event, one audit row, one notice', async () => {
    const { owner, draft, stand, tell } = await begin();
    expect(await tell({})).toEqual({ changed: true });
    const books = await world.books();
    expect(await tell({})).toEqual({ changed: false });
    expect(await tell({}, 'msg_2')).toEqual({ changed: false });
    expect(await world.books()).toEqual(books);
    expect(await stand()).toMatchObject({ state: 'passed', link: null });
    const events = await world.events(draft.filingId);
    expect(events.filter((type) => type === 'VerificationPassed')).toHaveLength(1);
    expect((await owner.client.listNotices({})).notices.map(({ type }) => type)).toContain('VerificationEnded');
  });

  test('out of order: the newer one stays, whichever comes first', async () => {
    const { stand, tell } = await begin();
    expect(await tell({ resultId: 'late', at: minutes(-1) })).toEqual({ changed: true });
    const older = { resultId: 'early', outcome: 'failed', reason: 'not_live', at: minutes(-5) };
    expect(await tell(older)).toEqual({ changed: false });
    expect(await stand()).toMatchObject({ state: 'passed' });
    // The service takes it back.
    expect(await tell({ resultId: 'last', outcome: 'failed', reason: 'certificate' })).toEqual({ changed: true });
    expect(await stand()).toMatchObject({ state: 'failed', reason: 'certificate', remedy: { zh: expect.any(String) } });
  });

  test('of two of one instant the failure stays, whichever comes first', async () => {
    const failed = { resultId: 'no', outcome: 'failed', reason: 'not_live' };
    const one = await begin();
    expect(await one.tell({ resultId: 'yes' })).toEqual({ changed: true });
    expect(await one.tell(failed)).toEqual({ changed: true });
    expect(await one.stand()).toMatchObject({ state: 'failed', validUntil: null });
    const other = await begin();
    expect(await other.tell(failed)).toEqual({ changed: true });
    expect(await other.tell({ resultId: 'yes' })).toEqual({ changed: false });
    expect(await other.stand()).toMatchObject({ state: 'failed' });
  });

  test('late, when its link is over: it counts from when it was found, and no longer', async () => {
    const { stand, tell } = await begin();
    world.clock.nowMs += 3 * 3_600_000;
    expect(await stand()).toMatchObject({ state: 'link_expired' });
    await tell({ at: minutes(-60) });
    expect(await stand()).toMatchObject({ state: 'passed', resultAt: minutes(-60) });
    world.clock.nowMs += 3 * 86_400_000 - 3_600_000;
    expect(await stand()).toMatchObject({ state: 'expired' });
  });

  test('from a clock that is ahead counts from now', async () => {
    const { stand, tell } = await begin();
    await tell({ at: minutes(600) });
    expect(await stand()).toMatchObject({ state: 'passed', resultAt: now() });
  });

  test('of an earlier try: the newest result decides', async () => {
    const { owner, draft, stand, tell } = await begin();
    await owner.client.startVerification(stepOf(draft, { role }));
    await tell({});
    expect(await stand()).toMatchObject({ state: 'passed' });
  });

  test('of nobody, of what a reviewer decided, or signed by nobody changes nothing', async () => {
    const { tell, reference } = await begin();
    const books = await world.books();
    expect(await outcomeOf(tell({ reference: 'ver_none' }))).toBe('object.not_found');
    const forged = messageOf(
      { reference, resultId: 'r1', outcome: 'passed', at: now() },
      { at: now(), secret: 'x'.repeat(24) },
    );
    expect(await outcomeOf(world.flows.takeVerificationResult(verifierCall, forged))).toBe('auth.required');
    expect(await world.books()).toEqual(books);
    useService(world, service, false);
    const filing = await reach(world, await world.customer(), 'submitted');
    const decision = { role, way: 'sheet', outcome: 'passed', comment: '' } as const;
    await world.people.reviewer.client.decideVerification(stepOf(filing, decision));
    const { rows } = await sql<{ id: string }>`SELECT id FROM verification WHERE decided_by IS NOT NULL`.execute(
      world.deployment.open.kysely,
    );
    for (const { id } of rows) expect(await outcomeOf(tell({ reference: id }))).toBe('object.not_found');
    expect(rows).not.toEqual([]);
  });

  test('comes over HTTP: by the signature alone, whatever else is sent', async () => {
    const { reference, stand } = await begin();
    const message = messageOf({ reference, resultId: 'r1', outcome: 'passed', at: now() }, { at: now() });
    const headers = {
      'content-type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': message.timestamp,
      'webhook-signature': message.signature,
    };
    const send = (more: object) =>
      world.inject({
        method: 'POST',
        url: '/hooks/verification-results',
        headers: { ...headers, ...more },
        payload: message.body,
      });
    expect((await send({ 'webhook-signature': 'v1,none' })).statusCode).toBe(401);
    const answer = await send({});
    expect([answer.statusCode, answer.json()]).toEqual([200, { changed: true }]);
    expect(await stand()).toMatchObject({ state: 'passed' });
  });

  test.each([
    { reason: null },
    { reason: 'no_face' },
    { reason: 'a reason of the service alone' },
    { further: true },
    { at: '2026-11-21T10:30:00+08:00' },
    { at: '2026-11-21 10:30' },
    { outcome: 'maybe' },
    { resultId: '' },
    { resultId: 'x'.repeat(201) },
    { reference: undefined },
  ])('is read as the OpenAPI document describes it: %j', async (result) => {
    const { tell, reference } = await begin();
    const said = { reference, resultId: 'r1', outcome: 'passed', at: now(), ...result };
    const isTaken = (await outcomeOf(tell(result))) === 'done';
    expect(isTaken).toBe(verificationResultShape.safeParse(said).success);
  });

  test.each([
    ['a NUL in its id', { resultId: 'r\u0000' }],
    ['half a character in its reference', { reference: 'ver_\ud800' }],
    ['a NUL in its reference', { reference: 'ver_\u0000' }],
    ['a time that the database does not know', { at: '0000-01-01T00:00:00Z' }],
  ])('one with %s is refused, not failed on', async (_what, result) => {
    const { tell, stand } = await begin();
    expect(await outcomeOf(tell(result))).toBe('auth.required');
    expect(await stand()).toMatchObject({ state: 'waiting' });
  });
});
