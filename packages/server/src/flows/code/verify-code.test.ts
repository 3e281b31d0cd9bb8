import { Fault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Caller } from '../../main/testing/operation-world.ts';

describeOperation(
  'verifyCode',
  {
    may: ['customer', 'reviewer', 'operator'],
    scope: 'codes:verify',
    sample: async (world, owner) => ({
      body: {
        code: (await world.issue(owner.accountId, await world.eligible(owner))).clear,
        accountId: owner.accountId,
      },
    }),
    leaves: 'nothing',
  },
  (get) => {
    const ask = async ({ client }: Caller, code: string, accountId: string, domainName?: string) => {
      const { usable, reasons, name } = await client.verifyCode({ body: { code, accountId, domainName } });
      return { usable, reasons: reasons.map((reason) => reason.code), name: name?.status };
    };

    test('a code works for its grantee and its issuer; to others it is unknown', async () => {
      const world = get();
      const [owner, grantee, stranger] = [await world.customer(), await world.customer(), await world.customer()];
      const { clear } = await world.issue(owner.accountId, await world.eligible(owner), grantee.accountId);
      expect(await ask(grantee, clear, grantee.accountId)).toMatchObject({ usable: true, reasons: [] });
      expect(await ask(owner, clear, grantee.accountId)).toMatchObject({ usable: true, reasons: [] });
      expect(await ask(owner, clear, stranger.accountId)).toMatchObject({ reasons: ['code.not_grantee'] });
      const unknown = { usable: false, reasons: ['code.unknown'], name: undefined };
      expect(await ask(stranger, clear, stranger.accountId)).toEqual(unknown);
      expect(await ask(stranger, clear, grantee.accountId, 'example.cn')).toEqual(unknown);
      expect(await ask(world.people.operator, clear, grantee.accountId)).toMatchObject({ usable: true });
      expect(
        await ask(
          owner,
          clear.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
          owner.accountId,
        ),
      ).toMatchObject({
        reasons: ['code.mistyped'],
      });
    });

    test('says what is on record under the name, and holds where the authority is silent', async () => {
      const world = get();
      const owner = await world.customer();
      const { clear } = await world.issue(owner.accountId, await world.eligible(owner), owner.accountId);
      const about = () => ask(owner, clear, owner.accountId, 'verify-code.cn');
      expect(await about()).toEqual({ usable: true, reasons: [], name: 'not_filed' });
      world.filedElsewhere({ subjectNumber: '粤ICP备2026000777号', serviceNumber: '粤ICP备2026000777号-1' });
      expect(await about()).toMatchObject({ usable: true, name: 'filed_elsewhere' });
      const findStatus = () => Promise.reject(new Fault('authority.unreachable'));
      world.replace({ authority: { findStatus } });
      expect(await about()).toMatchObject({ usable: true, name: 'unknown' });
    });

    test('an account that guesses has to wait', async () => {
      const owner = await get().customer();
      const guess = () => ask(owner, 'AAAAA-AAAAA-AAAAA-AAAAA', owner.accountId);
      for (let wrong = 0; wrong < 3; wrong += 1) expect((await guess()).usable).toBe(false);
      expect(await refusal(guess())).toEqual(['auth.too_many_attempts']);
    });
  },
);
