import type { HandoverRow, LineKey } from '../../ports/authority-ledger.ts';
import type { StoreTransaction } from '../../ports/store-transaction.ts';
import { at, fresh, type World } from './world.ts';

/** Lines to authorities of no other test, with their papers and hand-overs. */
export function ledgerRows(world: () => World) {
  const within = <T>(work: (ledger: StoreTransaction['authorityLedger']) => Promise<T>) =>
    world().open.store.transaction((tx) => work(tx.authorityLedger));
  const line = async (): Promise<LineKey> => {
    const made = { provider: fresh('isp'), provinceCode: '440000' };
    await within((ledger) => ledger.putLine(made));
    return made;
  };
  const paper = async () => {
    const id = fresh('pap');
    const row = { id, sealedKey: `v1.k1.${id}`, body: new Uint8Array([1, 0, 255]), keptUntil: null };
    await within((ledger) => ledger.insertPaper(row));
    return row;
  };
  const handover = async (of: LineKey, some: Partial<HandoverRow> = {}) => {
    const first = await within((ledger) => ledger.takeOwnIds(of, 4));
    const row = {
      ...of,
      submissionId: fresh('exc'),
      filingId: fresh('fil'),
      operation: 1,
      state: 'waiting' as const,
      ownSubject: first,
      ownService: first + 1,
      ownDomain: first + 2,
      ownAccess: first + 3,
      subjectId: null,
      serviceId: null,
      accessId: null,
      subjectNumber: null,
      serviceNumber: null,
      domainName: 'example1.cn',
      madeAt: at,
      ...some,
    };
    await within((ledger) => ledger.insertHandover(row));
    return row;
  };
  return { within, line, paper, handover };
}
