import { describe, expect, test } from 'vitest';
import type { ContestRow, FilingRow } from '../../ports/index.ts';
import { at, draft, fresh, later, refusal, type World } from './world.ts';

/** Which filing holds a name or a certificate, what proves a name, and what is contested. */
export function describeHeldNames(world: () => World): void {
  const two = async (some: Partial<FilingRow>, same: 'domainName' | 'subjectHash' = 'domainName') => {
    const holder = await world().filing(await world().account(), some);
    const other = { ...draft(await world().account()), [same]: holder[same] };
    return { holder, other };
  };
  const rivalOf = async (filing: FilingRow) =>
    (await world().open.store.transaction((tx) => tx.filings.findRival(filing)))?.id ?? null;

  describe('between accounts', () => {
    const holding = [
      ['a draft', {}, null],
      ['a draft whose name is proven', { nameProvenAt: at }, 'domainName'],
      ['a draft that the certificate was given to', { subjectGivenAt: at }, 'subjectHash'],
      ['one that was submitted and came back', { state: 'returned' }, 'both'],
      ['one set aside', { state: 'returned', nameProvenAt: at, subjectGivenAt: at, setAsideAt: at }, null],
      ['one that was given up', { state: 'abandoned', nameProvenAt: at }, null],
    ] as const;
    for (const same of ['domainName', 'subjectHash'] as const) {
      test.each(holding)(`%s as to its ${same}`, async (_what, some, holds) => {
        const { holder, other } = await two(some, same);
        const isHeld = holds === 'both' || holds === same;
        expect(await rivalOf(other)).toBe(isHeld ? holder.id : null);
        expect(await rivalOf({ ...other, accountId: holder.accountId })).toBeNull();
        // The index says the same, whatever a flow forgot.
        const submitted = world().open.store.transaction((tx) => tx.filings.insert({ ...other, state: 'returned' }));
        expect(await submitted).toBe(!isHeld);
      });
    }
  });

  test('of two organisers that an account submits at once, whoever comes second knows of the first', async () => {
    const { store } = world().open;
    const accountId = await world().account();
    const both = [await world().filing(accountId, {}), await world().filing(accountId, {})];
    const submit = ({ id }: FilingRow) =>
      store.transaction(async ({ filings, records }) => {
        const filing = await filings.findWithAccountForUpdate(id);
        if (filing === null) throw new Error('the draft is gone');
        const stand = await records.findOrganiserStand(filing);
        // Time for the other one to come.
        await new Promise((resolve) => setTimeout(resolve, 30));
        if (stand?.filesOtherSubject === false) await filings.update(filing, 'returned', {}, at);
        return stand?.filesOtherSubject;
      });
    for (let round = 0; round < 5; round += 1) {
      expect((await Promise.all(both.map(submit))).sort()).toEqual([false, true]);
      for (const { id } of both) {
        await store.transaction(async ({ filings }) => {
          const filing = await filings.findForUpdate(id);
          if (filing?.state === 'returned') await filings.update(filing, 'draft', {}, at);
        });
      }
    }
    expect(await store.transaction(({ filings }) => filings.findWithAccountForUpdate('fil_none'))).toBeNull();
  });

  test('a name is proven once by a token, until its time is over or it is revoked', async () => {
    const { store } = world().open;
    const [accountId, stranger] = [await world().account(), await world().account()];
    const domainName = `${fresh('proven')}.cn`;
    const own = { accountId, domainName };
    await store.transaction(async ({ nameProofs }) => {
      expect(await nameProofs.find(accountId, domainName)).toBeNull();
      await nameProofs.putToken({ ...own, token: 'one', until: later(1) });
      await nameProofs.putToken({ ...own, token: 'two', until: later(2) });
      const proof = { ...own, method: 'dns_txt', at, until: later(9) } as const;
      expect(await nameProofs.prove({ ...proof, token: 'one' })).toBe(false);
      expect(await nameProofs.prove({ ...proof, token: 'two' })).toBe(true);
      expect(await nameProofs.prove({ ...proof, token: 'two' })).toBe(false);
      expect(await nameProofs.find(accountId, domainName)).toEqual({
        ...own,
        token: null,
        tokenUntil: null,
        provenAt: at,
        provenUntil: later(9),
        method: 'dns_txt',
      });
      expect(await nameProofs.find(stranger, domainName)).toBeNull();
      const asked = [own, { accountId: stranger, domainName }];
      expect(await nameProofs.listProven(asked, at)).toEqual([own]);
      expect(await nameProofs.listProven(asked, later(9))).toEqual([]);
      expect(await nameProofs.listProven([], at)).toEqual([]);
      await nameProofs.revoke(accountId, domainName);
      expect(await nameProofs.find(accountId, domainName)).toBeNull();
    });
  });

  test('a filing has one undecided contest, and a contest one decision', async () => {
    const { store } = world().open;
    const { holder, other } = await two({ state: 'returned' });
    await world().filing(other.accountId, other);
    const contest = (): ContestRow => ({
      id: fresh('cst'),
      filingId: other.id,
      accountId: other.accountId,
      holderFilingId: holder.id,
      holderAccountId: holder.accountId,
      about: 'domain_name',
      domainName: other.domainName,
      sealedStatement: 'v1.k.“引号” \\ 换行\n',
      openedAt: at,
      decision: null,
      reasons: null,
      decidedBy: null,
      decidedAt: null,
    });
    const [first, second] = [contest(), contest()];
    const decision = { decision: 'upheld', reasons: '理由', decidedBy: 'usr_1', at: later(1) } as const;
    await store.transaction(async ({ contests }) => {
      expect(await contests.insert(first)).toBe(true);
      expect(await contests.insert(second)).toBe(false);
      expect(await contests.find(first.id)).toEqual(first);
      expect(await contests.decide(first.id, decision)).toBe(true);
      expect(await contests.decide(first.id, { ...decision, decision: 'dismissed' })).toBe(false);
      const { at: decidedAt, ...decided } = decision;
      expect(await contests.find(first.id)).toEqual({ ...first, ...decided, decidedAt });
      expect(await contests.insert(second)).toBe(true);
      const { accountId } = other;
      expect((await contests.list({ accountId, undecided: true, limit: 9 })).map(({ id }) => id)).toEqual([second.id]);
      expect(await contests.list({ accountId, undecided: false, limit: 9 })).toHaveLength(2);
      expect(await contests.list({ accountId: holder.accountId, undecided: false, limit: 9 })).toEqual([]);
    });
    await refused(second.id);
    await store.transaction(async ({ contests }) => {
      // Of either filing; what is decided stays as it is.
      const closed = { ...second, decision: 'closed', decidedAt: later(2) };
      expect(await contests.closeOf(holder.id, later(2))).toEqual([closed]);
      expect(await contests.closeOf(holder.id, later(3))).toEqual([]);
      const third = contest();
      expect(await contests.insert(third)).toBe(true);
      expect((await contests.closeOf(other.id, later(3))).map(({ id }) => id)).toEqual([third.id]);
      expect(await contests.find(first.id)).toMatchObject({ decision: 'upheld' });
    });
  });

  /** An undecided contest is decided as a whole, or closed by nobody and without reasons. */
  async function refused(id: string): Promise<void> {
    for (const change of [
      `decision = 'upheld'`,
      `decision = 'closed'`,
      `decision = 'upheld', decided_at = now(), reasons = 'r'`,
      `decision = 'upheld', decided_at = now()`,
      `decision = 'closed', decided_at = now(), reasons = 'r', decided_by = 'usr_1'`,
      `decided_at = now()`,
      `reasons = 'r', decided_by = 'usr_1'`,
    ]) {
      const halfDecided = world().run(`UPDATE contest SET ${change} WHERE id = '${id}'`);
      expect(await refusal(halfDecided), change).toBe('contest_decided_whole');
    }
  }
}
