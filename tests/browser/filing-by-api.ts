import { setTimeout } from 'node:timers/promises';
import { fictionalCompany, fictionalPerson } from '@openbeian/model/fictional';
import { uploadNeeded } from '../../packages/server/src/main/sample/materials.ts';
import { companyValues, individualValues } from '../../packages/server/src/main/sample/past-forms.ts';
import type { TestConsole } from './test-console.ts';

export interface Application {
  readonly person: ReturnType<typeof fictionalPerson>;
  readonly domainName: string;
  readonly siteName: string;
}

export const applicationOf = (seed: number, domainName: string, siteName = '云帆小记'): Application => ({
  person: fictionalPerson(seed),
  domainName,
  siteName,
});

/** A code of the company that the individual's account may use. */
export async function grantedCode(testConsole: TestConsole): Promise<string> {
  const company = await testConsole.apiOf('xinghe');
  const { codes } = await company.issueCodes({
    params: { resourceId: 'xy-web-1' },
    body: { granteeAccountId: 'acct-individual' },
  });
  const [code] = codes;
  if (code === undefined) throw new Error('no code was issued');
  return code.clear;
}

/** A filing that the individual has started, with nothing filled in. */
export async function startedFiling(testConsole: TestConsole, { person, domainName }: Application) {
  const individual = await testConsole.apiOf('individual');
  const { filing } = await individual.startFiling({
    body: {
      domainName,
      subjectKind: 'individual',
      provinceCode: '440000',
      certificateType: 'resident_id',
      certificateNumber: person.residentId,
    },
  });
  return filing;
}

/** A filing that the individual has filled in, bound to a code and submitted for review. */
export async function submittedFiling(testConsole: TestConsole, application: Application) {
  const { person, domainName, siteName } = application;
  const individual = await testConsole.apiOf('individual');
  const started = await startedFiling(testConsole, application);
  const params = { filingId: started.id };
  const values = individualValues(person, siteName, domainName);
  const saved = await individual.saveFilingForm({ params, body: { version: started.version, values } });
  const code = await grantedCode(testConsole);
  const bound = await individual.bindFiling({ params, body: { version: saved.filing.version, with: { code } } });
  await uploadNeeded(individual, started.id);
  return individual.submitFiling({ params, body: { version: bound.version } });
}

/**
 * A whole draft of the company for a domain, bound to nothing.
 * @param serial of the fictional company: one open filing for each
 */
export async function companyDraft(testConsole: TestConsole, domainName: string, serial = 7001) {
  return draftBy(await testConsole.apiOf('xinghe'), domainName, serial);
}

async function draftBy(client: Awaited<ReturnType<TestConsole['apiOf']>>, domainName: string, serial: number) {
  const company = fictionalCompany(serial);
  const { filing } = await client.startFiling({
    body: {
      domainName,
      subjectKind: 'enterprise',
      provinceCode: '440000',
      certificateType: 'business_licence',
      certificateNumber: company.creditCode,
    },
  });
  const values = companyValues(company, '星河资讯', domainName);
  await client.saveFilingForm({ params: { filingId: filing.id }, body: { version: filing.version, values } });
  return filing;
}

/** A filing that the reviewer has passed and the authority has asked to verify by SMS. */
export async function filingAtSms(testConsole: TestConsole, application: Application) {
  const submitted = await submittedFiling(testConsole, application);
  const reviewer = await testConsole.apiOf('reviewer');
  await reviewer.passFiling({ params: { filingId: submitted.id }, body: { version: submitted.version } });
  await testConsole.deployment.rest();
  return submitted;
}

/** So many filings of fictional companies that wait for review, each on a server of its own, under `<name>-<number>.cn`. */
export async function waitingFilings(testConsole: TestConsole, name: string, count: number, firstSerial = 7100) {
  const client = await testConsole.apiOf('xinghe', whenAllowed);
  const operator = await testConsole.apiOf('operator');
  const { accountId } = await client.getSession({});
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const resources = numbers.map((number) => ({
    id: `xy-${name}-${number}`,
    account: accountId,
    provider: 'xingyun',
    product: 'server',
    region: 'cn-mainland',
    billing: 'prepaid',
    boughtAt: '2026-01-01',
    expiresAt: '2029-12-31',
    publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
    bandwidthMbps: 5,
  }));
  await operator.putInventory({ body: { accounts: [], resources } });
  const submitted = [];
  for (const number of numbers) {
    // One sign-in for all: a person has so many sessions at most.
    const { id } = await draftBy(client, `${name}-${number}.cn`, firstSerial + number);
    const params = { filingId: id };
    await uploadNeeded(client, id);
    const { filing } = await client.getFiling({ params });
    const body = { version: filing.version, with: { resourceId: `xy-${name}-${number}` } };
    const bound = await client.bindFiling({ params, body });
    submitted.push(await client.submitFiling({ params, body: { version: bound.version } }));
  }
  return submitted;
}

/** A machine at rest prepares more filings in a minute than an account is allowed requests: it waits as it is told to. */
const whenAllowed: typeof fetch = async (...request) => {
  const answer = await fetch(...request);
  if (answer.status !== 429) return answer;
  await setTimeout(Number(answer.headers.get('retry-after')) * 1000);
  return whenAllowed(...request);
};
