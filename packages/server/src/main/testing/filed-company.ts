import { fictionalCompany } from '@openbeian/model/fictional';
import type { Customer, OperationWorld } from './operation-world.ts';

/** A site on record for a fictional company, with what its organiser shows itself by. */
export async function filedCompany(world: OperationWorld, owner: Customer) {
  const company = world.companySerial();
  const resourceId = await world.eligible(owner);
  const bound = await world.bind(await world.draft(owner.accountId, company), { resourceId });
  const { filingId, domainName, subjectNumber, serviceNumber } = await world.approve(bound);
  const proof = { certificateType: 'business_licence', certificateNumber: fictionalCompany(company).creditCode };
  return { filingId, domainName, subjectNumber, serviceNumber, resourceId, proof, company };
}
export type FiledCompany = Awaited<ReturnType<typeof filedCompany>>;

/** A further site of the same company. */
export async function anotherSite(world: OperationWorld, owner: Customer, { company }: FiledCompany) {
  const bound = await world.bind(await world.draft(owner.accountId, company), {
    resourceId: await world.eligible(owner),
  });
  return world.approve(bound);
}

/** A move of the company's records from `owner` to `target` that waits for its confirmation. */
export async function waitingMove(world: OperationWorld, owner: Customer, target: Customer) {
  const filed = await filedCompany(world, owner);
  const { subjectNumber, proof } = filed;
  const move = await owner.client.beginMove({ body: { subjectNumber, ...proof, toAccountId: target.accountId } });
  return { ...filed, moveId: move.id };
}

/** A change of the site that waits for review; `cancelRecord` tells that the authority cancelled the site meanwhile. */
export async function changeUnderWay(
  world: OperationWorld,
  owner: Customer,
  { toOtherResource = false }: { readonly toOtherResource?: boolean } = {},
) {
  const { serviceNumber } = await filedCompany(world, owner);
  const { filing } = await owner.client.startRecordFiling({ body: { number: serviceNumber, wants: 'change' } });
  const params = { filingId: filing.id };
  const values = { 'service.remark': '用于展示本单位的介绍和活动信息，长期更新。' };
  const { version } = filing;
  const { version: ready } = toOtherResource
    ? await owner.client.bindFiling({ params, body: { version, with: { resourceId: await world.eligible(owner) } } })
    : (await owner.client.saveFilingForm({ params, body: { version, values } })).filing;
  const sent = await owner.client.submitFiling({ params, body: { version: ready } });
  const body = { scope: 'service', number: serviceNumber, reason: '管局通知注销' } as const;
  const cancelRecord = () => world.people.operator.client.cancelRecord({ body });
  const { id: filingId, accountId, domainName } = sent;
  return { serviceNumber, filing: { filingId, version: sent.version, accountId, domainName }, cancelRecord };
}
