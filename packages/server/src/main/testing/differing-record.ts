import { sidesOfFiled, sidesOfRecord } from '../../flows/authority/reconcile/both-sides.ts';
import { keepDifferences } from '../../flows/authority/reconcile/keep-differences.ts';
import { inWorkerTransaction } from '../../flows/command/step.ts';
import type { AuthorityDesk, FiledServiceRow } from '../../ports/index.ts';
import type { FiledRef, RuleWorld } from './rule-world.ts';

const line = { provider: '7', provinceCode: '440000' };
let ids = 10_000;

interface Delivered {
  readonly desk: AuthorityDesk;
  /** What of it is another on the authority’s side; its name, unless given. */
  readonly said?: Partial<FiledServiceRow>;
  readonly asOf?: string;
}

/** Has the authority deliver a record, as a file does. @returns its number of the service */
async function deliver(
  { deps, fresh }: RuleWorld,
  { subjectNumber, serviceNumber, domainName }: Pick<FiledRef, 'subjectNumber' | 'serviceNumber' | 'domainName'>,
  { said = {}, asOf = deps.clock.now() }: Pick<Delivered, 'said' | 'asOf'>,
): Promise<number> {
  ids += 2;
  const [subjectId, serviceId] = [ids, ids + 1];
  const paperId = fresh('pap');
  await deps.store.transaction(async ({ authorityLedger }) => {
    await authorityLedger.putLine(line);
    await authorityLedger.insertPaper({
      id: paperId,
      sealedKey: 'v1.k1.none',
      body: new Uint8Array(),
      keptUntil: null,
    });
    const own = { ownSubject: null, paperId, asOf };
    const service = {
      serviceId,
      subjectId,
      serviceNumber,
      ownService: null,
      accessId: null,
      domainId: null,
      domainName,
    };
    const content = { serviceName: null, domainNames: [domainName], hasAccess: true };
    await authorityLedger.putSubject({ ...line, subjectId, subjectNumber, ...own }, [
      { ...service, ...content, ...said },
    ]);
  });
  return serviceId;
}

/** A record that the authority has otherwise. @returns the id of the difference */
export async function differingRecord(
  world: RuleWorld,
  record: FiledRef,
  { desk, said = { serviceName: '管局所记网站' }, ...more }: Delivered,
): Promise<string> {
  await deliver(world, record, { said, ...more });
  return inWorkerTransaction(world.deps, async (step) => {
    const service = await step.tx.records.findServiceByNumber(record.serviceNumber);
    const row = await step.tx.authorityLedger.findRecordToCompare(world.deps.provider, service?.id ?? '');
    if (row === null) throw new Error(`${record.serviceNumber} is not on record`);
    await keepDifferences(step, await sidesOfRecord(step, desk, line, row), null);
    const found = await step.tx.authorityLedger.listDifferences({ limit: 50 });
    const own = found.find(({ about }) => about === row.id);
    if (own === undefined) throw new Error('both sides agree');
    return own.id;
  });
}

/** A record that the authority alone has. @returns the id of the difference */
export async function onlyThere(
  world: RuleWorld,
  record: Pick<FiledRef, 'subjectNumber' | 'serviceNumber' | 'domainName'>,
  desk: AuthorityDesk,
): Promise<string> {
  const serviceId = await deliver(world, record, {});
  return inWorkerTransaction(world.deps, async (step) => {
    const filed = await step.tx.authorityLedger.findFiledRecord(line, { serviceId });
    if (filed === null) throw new Error('it was just delivered');
    await keepDifferences(step, await sidesOfFiled(step, desk, line, filed), null);
    const found = await step.tx.authorityLedger.listDifferences({ limit: 50 });
    return found.find(({ about }) => about === `there:${serviceId}`)?.id ?? '';
  });
}
