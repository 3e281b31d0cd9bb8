import {
  editableFilingStates,
  type FilingEventType,
  filingStates,
  openFilingStates,
  openingKinds,
} from '@openbeian/model/filing';
import { type Finding, findingOrigins } from '@openbeian/model/forms';
import { describe, expect, test } from 'vitest';
import { at, draft, fresh, later, refusal, type World } from './world.ts';

/** Filings in flight. */
const finding: Finding = {
  field: 'service.name',
  rule: 'length',
  message: { zh: '过短', en: 'Too short' },
  remedy: { zh: '补全', en: 'Complete it' },
  source: null,
  from: 'reviewer',
};

export function describeFilings(world: () => World): void {
  describe('a filing', () => {
    test('reads back as it was written', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const row = {
        ...draft(accountId),
        form: {
          'subject.name': { sealed: 'v1.k.x' },
          'service.languages': ['zh'],
          'service.remark': '"引号" \\ 换行\n',
        },
        // Whoever said it, and with the day of its rule.
        findings: findingOrigins.map((from): Finding => ({ ...finding, asOf: '2025-05-27', from })),
        kind: 'access' as const,
        subjectNumber: '粤ICP备2026000123号',
        serviceNumber: '粤ICP备2026000123号-1',
        resourceId: resource.id,
      };
      await store.transaction((tx) => tx.filings.insert(row));
      await store.transaction(async ({ filings }) => {
        expect(await filings.find(row.id)).toEqual(row);
        expect(await filings.findForUpdate(row.id)).toEqual(row);
        expect(await filings.find('fil_none')).toBeNull();
        expect(await filings.findForUpdate('fil_none')).toBeNull();
      });
    });

    test('is the only open one of its name and of its subject, until it ends', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const first = await world().filing(accountId);
      const sameName = { ...draft(accountId), domainName: first.domainName };
      const sameSubject = { ...draft(accountId), subjectHash: first.subjectHash };
      const insert = (row: typeof first) => store.transaction((tx) => tx.filings.insert(row));
      expect(await insert(sameName)).toBe(false);
      expect(await insert(sameSubject)).toBe(false);
      expect(await store.transaction((tx) => tx.filings.find(sameName.id))).toBeNull();
      await store.transaction((tx) =>
        tx.filings.update({ id: first.id, version: 1 }, 'abandoned', { dueAt: null }, at),
      );
      expect(await insert(sameName)).toBe(true);
      expect(await insert(sameSubject)).toBe(true);
    });

    test('of two that are started at once for one name, one is', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const domainName = `${fresh('name')}.cn`;
      const answers = await Promise.all(
        Array.from({ length: 5 }, () =>
          store.transaction((tx) => tx.filings.insert({ ...draft(accountId), domainName })),
        ),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    test('changes only from the version that was read, and the version rises', async () => {
      const { store } = world().open;
      const filing = await world().filing(await world().account());
      await store.transaction(async ({ filings }) => {
        expect(await filings.update({ id: filing.id, version: 1 }, 'draft', { form: { a: [1, 2] } }, later(1))).toBe(
          true,
        );
        expect(await filings.update({ id: filing.id, version: 1 }, 'abandoned', { form: {} }, later(2))).toBe(false);
        expect(await filings.update({ id: 'fil_none', version: 1 }, 'draft', {}, later(2))).toBe(false);
        expect(await filings.find(filing.id)).toEqual({
          ...filing,
          version: 2,
          form: { a: [1, 2] },
          updatedAt: later(1),
        });
      });
    });

    test('every field of a change is written; an absent one stays, null clears', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const [codeId = ''] = await world().issue(resource);
      const filing = await world().filing(accountId);
      const change = {
        form: { x: '1' },
        findings: [{ ...finding, field: null, remedy: null }],
        resourceId: resource.id,
        codeId,
        submittedBy: 'usr_1',
        submissionId: fresh('exc'),
        subjectNumber: '粤ICP备1号',
        serviceNumber: '粤ICP备1号-1',
        dueAt: later(9),
      };
      await store.transaction(async ({ filings, codes, quota }) => {
        const spendId = (await codes.find(codeId))?.spendId ?? '';
        await quota.find('x');
        await codes.bind(codeId, filing.id, at);
        await filings.update({ id: filing.id, version: 1 }, 'returned', { ...change, spendId }, at);
        expect(await filings.find(filing.id)).toMatchObject({ ...change, spendId, state: 'returned' });
        await filings.update({ id: filing.id, version: 2 }, 'returned', { dueAt: null, spendId: null }, at);
        expect(await filings.find(filing.id)).toMatchObject({ ...change, dueAt: null, spendId: null, version: 3 });
        expect((await filings.findBySubmission(change.submissionId))?.id).toBe(filing.id);
        expect(await filings.findBySubmission('exc_none')).toBeNull();
      });
    });

    test('is submitted on its own code, keeps it while it is submitted, and lets go when it comes back', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const [codeId = ''] = await world().issue(resource);
      const filing = await world().filing(accountId);
      await store.transaction(async ({ filings, codes }) => {
        await filings.update({ id: filing.id, version: 1 }, 'awaiting_review', { codeId }, at);
        await codes.bind(codeId, filing.id, at);
      });
      const release = store.transaction(({ codes }) => codes.release(codeId, filing.id, at));
      expect(await refusal(release)).toBe('filing_covered_by_code');
      await store.transaction(async ({ filings, codes }) => {
        expect(await codes.release(codeId, filing.id, at)).toBe(true);
        await filings.update({ id: filing.id, version: 2 }, 'abandoned', {}, at);
      });
      // Its code is free for another filing, which goes to its end with it.
      const next = await world().filing(accountId);
      await store.transaction(async ({ filings, codes }) => {
        expect(await codes.bind(codeId, next.id, at)).toBe(true);
        await filings.update({ id: next.id, version: 1 }, 'awaiting_verdict', { codeId }, at);
        expect(await codes.consume(codeId, next.id, at)).toBe(true);
        await filings.update({ id: next.id, version: 2 }, 'filed', { dueAt: null }, at);
      });
    });

    test('that ended stays ended, also by hand', async () => {
      const { run, open } = world();
      const filing = await world().filing(await world().account());
      await open.store.transaction((tx) =>
        tx.filings.update({ id: filing.id, version: 1 }, 'abandoned', { dueAt: null }, at),
      );
      const revive = open.store.transaction((tx) => tx.filings.update({ id: filing.id, version: 2 }, 'draft', {}, at));
      expect(await refusal(revive)).toBe('filing_end_is_final');
      expect(await refusal(run(`DELETE FROM filing WHERE id = '${filing.id}'`))).toBe('filing_is_kept');
      expect(await refusal(run(`UPDATE filing SET state = 'lost' WHERE id = '${filing.id}'`))).toMatch(
        /filing_state_known|filing_end_is_final/,
      );
    });

    test('lists newest first, by account and by states', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const [one, two, three] = [
        await world().filing(accountId, { startedAt: later(1) }),
        await world().filing(accountId, { startedAt: later(3), state: 'returned' }),
        await world().filing(accountId, { startedAt: later(2) }),
      ];
      await store.transaction(async ({ filings }) => {
        const ids = async (filter: Omit<Parameters<typeof filings.listPage>[0], 'order'>) =>
          (await filings.listPage({ ...filter, order: 'newest' })).map((row) => row.id);
        expect(await ids({ accountId, limit: 9 })).toEqual([two.id, three.id, one.id]);
        expect(await ids({ accountId, limit: 2 })).toEqual([two.id, three.id]);
        expect(await ids({ accountId, states: ['draft'], limit: 9 })).toEqual([three.id, one.id]);
        expect(await ids({ accountId, states: [], limit: 9 })).toEqual([]);
        expect(await ids({ states: ['returned'], limit: 1000 })).toContain(two.id);
      });
    });

    test('is overdue from its due instant on while it is open, oldest first', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      // Long before every other test's.
      const due = (day: number) => `2001-01-0${day}T00:00:00.000Z`;
      const second = await world().filing(accountId, { dueAt: due(2) });
      const first = await world().filing(accountId, { dueAt: due(1) });
      const ended = await world().filing(accountId, { dueAt: due(1) });
      await world().filing(accountId, { dueAt: null });
      await store.transaction(async ({ filings }) => {
        await filings.update({ id: ended.id, version: 1 }, 'abandoned', {}, at);
        const overdue = async (instant: string, limit: number) =>
          (await filings.listOverdue(instant, limit)).map((row) => row.id);
        expect(await overdue(due(2), 9)).toEqual([first.id, second.id]);
        expect(await overdue(due(2), 1)).toEqual([first.id]);
        expect(await overdue('2001-01-01T23:59:59.999Z', 9)).toEqual([first.id]);
      });
    });

    test('its events come in the order in which they were added, and are only added', async () => {
      const { store } = world().open;
      const filing = await world().filing(await world().account());
      const event = (type: FilingEventType) => ({
        at,
        actorId: 'usr_1',
        actorRole: 'customer',
        type,
        detail: { n: [type] },
      });
      await store.transaction(async ({ filings }) => {
        await filings.appendEvent(filing.id, event('FilingStarted'));
        await filings.appendEvent(filing.id, { ...event('FilingSubmitted'), detail: null });
      });
      expect(await store.transaction((tx) => tx.filings.listEvents(filing.id))).toEqual([
        event('FilingStarted'),
        { ...event('FilingSubmitted'), detail: null },
      ]);
      for (const [statement, refusedBy] of [
        [`UPDATE filing_event SET type = 'X' WHERE filing_id = '${filing.id}'`, 'filing_event_is_append_only'],
        [`DELETE FROM filing_event WHERE filing_id = '${filing.id}'`, 'filing_event_is_append_only'],
        ['TRUNCATE filing_event', 'filing_event_is_not_emptied'],
      ] as const) {
        expect(await refusal(world().run(statement))).toBe(refusedBy);
      }
    });
  });

  describe('the lists in SQL are those of the model', () => {
    const words = (text: unknown) => new Set(Array.from(String(text).matchAll(/'([a-z_]+)'/g), (match) => match[1]));
    const constraint = async (name: string) => {
      const [row] = await world().run(
        `SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = '${name}'`,
      );
      return words(row?.text);
    };
    const ended = Object.keys(filingStates).filter((state) => !(openFilingStates as string[]).includes(state));

    test('states; kinds are the model’s alone', async () => {
      expect(await constraint('filing_state_known')).toEqual(new Set(Object.keys(filingStates)));
      for (const kind of openingKinds) expect(await constraint(`filing_${kind}`)).toEqual(new Set());
      expect(await constraint('filing_kind_known')).toEqual(new Set());
    });

    test('open states, for uniqueness, overdue filings and the end', async () => {
      for (const index of ['filing_one_open_per_name', 'filing_one_open_per_subject', 'filing_overdue']) {
        const [row] = await world().run(
          `SELECT pg_get_expr(indpred, indrelid) AS text FROM pg_index WHERE indexrelid = '${index}'::regclass`,
        );
        expect(words(row?.text), index).toEqual(new Set(ended));
      }
      const [row] = await world().run(
        `SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger WHERE tgname = 'filing_end_is_final'`,
      );
      expect(words(String(row?.text).replace(/EXECUTE.*/s, ''))).toEqual(new Set(ended));
    });

    test('submitted states, which need quota', async () => {
      const submitted = openFilingStates.filter(
        (state) => !(editableFilingStates as readonly string[]).includes(state),
      );
      const generated = async (column: string) => {
        const [row] = await world().run(
          `SELECT pg_get_expr(d.adbin, d.adrelid) AS text FROM pg_attrdef d
           JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
           WHERE d.adrelid = 'filing'::regclass AND a.attname = '${column}'`,
        );
        return words(row?.text);
      };
      expect(await generated('covered_by_spend')).toEqual(new Set(submitted));
      expect(await generated('covered_by_code')).toEqual(new Set([...submitted, 'filed']));
      expect(await constraint('filing_submitted_spends')).toEqual(new Set([...editableFilingStates, 'abandoned']));
    });
  });
}
