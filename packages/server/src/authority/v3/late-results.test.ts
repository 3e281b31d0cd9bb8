import { loadCodeTables } from '@openbeian/policies/code-tables';
import { expect, test } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { openStore } from '../../store/index.ts';
import { filed, result, results } from './testing/files.ts';
import { casesOf, nextLook, ownOf } from './testing/line-looks.ts';
import { lineWorlds } from './testing/line-worlds.ts';

const world = lineWorlds({
  open: () => openStore({ dataDir: null }),
  vault: new KeyRingVault(makeKeyRing()),
  makeIds: (nowMs) => new SortableIds(nowMs),
  codeTables: loadCodeTables(),
});

test('an approval of what was sent by somebody who broke off: the package is known to be there, though nothing else is sent', async () => {
  const here = await world();
  const adapter = here.adapter();
  const filing = here.filing(1);
  here.there.instead.push({ operation: 'isp_upload', how: 'breaks_after' });
  await expect(adapter.submit(filing)).rejects.toMatchObject({ code: 'authority.unreachable' });
  const underWay = () => here.ledger((ledger) => ledger.findSending(here.line));
  expect(await underWay()).toMatchObject({ submissionId: filing.id, sequence: 1 });
  const own = await ownOf(here, filing.id);
  await here.there.put('a1', filed(here.unit, 1, own));
  await here.there.put('a2', results(result(1, own.subject, 1001, 1062)));
  expect(await here.take(adapter)).toMatchObject([{ kind: 'approved', submissionId: filing.id }]);
  nextLook(here);
  await here.take(adapter);
  expect(await underWay()).toBeNull();
  const [line] = (await here.ledger((ledger) => ledger.listLines())).filter(
    ({ provider }) => provider === here.line.provider,
  );
  expect(line).toMatchObject({ acceptedSequence: 1 });
  expect(here.there.taken.map(({ sequence }) => sequence)).toEqual([1]);
});

test('an approval that an operator decides on stays with the operator when its file comes again', async () => {
  const here = await world();
  const filing = here.filing(1);
  const adapter = here.adapter();
  await adapter.submit(filing);
  const own = await ownOf(here, filing.id);
  const approved = results(result(1, own.subject, 1001, 1062));
  await here.there.put('a1', filed(here.unit, 1, own));
  await here.there.put('a2', approved);
  expect(await here.take(adapter)).toMatchObject([{ kind: 'approved' }]);
  const [submissionId, content] = [filing.id, { because: { zh: '', en: '' } }];
  await here.ledger(async (ledger) => {
    await ledger.updateHandover(submissionId, { state: 'with_operator', outcome: null, endedAt: null });
    const toOpen = { ...here.line, kind: 'numbers_unfit', about: 'm1', submissionId, content } as const;
    await adapter.desk.openCase(toOpen, ledger);
  });
  nextLook(here);
  await here.there.put('a3', approved);
  expect(await here.take(adapter)).toEqual([]);
  expect(await casesOf(here)).toEqual([{ kind: 'numbers_unfit', submissionId }]);
  expect(await ownOf(here, submissionId)).toMatchObject({ state: 'with_operator' });
});
