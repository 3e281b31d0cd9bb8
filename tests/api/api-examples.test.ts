import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSimControls } from '@openbeian/authority-sim';
import { createClient, createCookieJar } from '@openbeian/contract/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ApiDocument, operationsOf } from '../../packages/console/src/features/api-docs/document.ts';
import { curlOf, fetchOf } from '../../packages/console/src/features/api-docs/example-code.ts';
import { createLogger, openSampleDeployment, type SampleDeployment } from '../../packages/server/src/main/index.ts';
import { uploadNeeded } from '../../packages/server/src/main/sample/materials.ts';
import { sandboxKey } from '../../packages/server/src/main/sample/sandbox-key.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'openbeian-examples-'));
let sample: SampleDeployment;
let document: ApiDocument;
beforeAll(async () => {
  sample = await openSampleDeployment({ dataDir: null, calm: true, logger: createLogger('silent') });
  // The document that the page reads.
  document = (await (await fetch(`${sample.url}/api/v1/openapi.json`)).json()) as ApiDocument;
}, 60_000);
afterAll(async () => {
  await sample?.close();
  rmSync(folder, { recursive: true });
});

type Answer = Record<string, unknown> & { readonly filing?: { readonly id: string; readonly version: number } };

/** The examples as the page shows them, as programs of their own. */
const ways = {
  curl: (code: string, env: NodeJS.ProcessEnv) => run('bash', ['-c', code], { env }),
  TypeScript: (code: string, env: NodeJS.ProcessEnv) =>
    run(process.execPath, ['--input-type=module-typescript', '-e', code], { env }),
};

function callerBy(way: keyof typeof ways) {
  const codeOf = way === 'curl' ? curlOf : fetchOf;
  return async (id: string, variables: Readonly<Record<string, string | number>> = {}): Promise<Answer> => {
    const operation = operationsOf(document).find((one) => one.id === id);
    if (operation === undefined) throw new Error(`the document has no ${id}`);
    const given = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
    const env = { PATH: process.env.PATH, OPENBEIAN_URL: sample.url, OPENBEIAN_API_KEY: sandboxKey, ...given };
    const { stdout } = await ways[way](codeOf(operation), {
      ...env,
      IDEMPOTENCY_KEY: `${way} ${id}`.replace(' ', '-'),
    });
    const answer = JSON.parse(stdout) as Answer;
    if (typeof answer.code === 'string') throw new Error(`${id}: ${stdout}`);
    return answer;
  };
}

// Before the other: each files the same name, and this one lets it go again.
test('the steps to a filing that is checked, and what reads, by the page’s examples in TypeScript', async () => {
  const call = callerBy('TypeScript');
  const { codes } = (await call('issuePartnerCodes')) as unknown as { readonly codes: readonly unknown[] };
  expect(codes).toHaveLength(1);
  const { filing: started } = await call('startFiling');
  const FILING_ID = started?.id ?? '';
  const saved = await call('saveFilingForm', { FILING_ID, VERSION: started?.version ?? 0 });
  await call('bindFiling', { FILING_ID, VERSION: saved.filing?.version ?? 0 });
  await uploadOne(call, FILING_ID);
  const reading = ['getFiling', 'getFilingForm', 'listMaterials', 'checkFiling', 'getVerification'];
  for (const id of reading) await call(id, { FILING_ID });
  for (const id of ['queryPartnerResource', 'listCodes', 'listResources', 'listFilings', 'listRecords']) await call(id);
  const { version } = (await call('getFiling', { FILING_ID })).filing ?? { version: 0 };
  expect(await call('abandonFiling', { FILING_ID, VERSION: version })).toMatchObject({ state: 'abandoned' });
}, 60_000);

test('a filing goes from its form to its number by the page’s examples and a key alone', async () => {
  const call = callerBy('curl');
  expect(await gateStatus()).toBe(403);
  expect(await call('checkPartnerResources')).toMatchObject({ results: [{ mayIssue: true }] });
  expect(await call('findFilingRoute')).toMatchObject({ route: { need: 'required' } });
  const { filing: started } = await call('startFiling');
  const FILING_ID = started?.id ?? '';
  const saved = await call('saveFilingForm', { FILING_ID, VERSION: started?.version ?? 0 });
  await call('bindFiling', { FILING_ID, VERSION: saved.filing?.version ?? 0 });
  await uploadOne(call, FILING_ID);
  const partner = createClient({ baseUrl: sample.url, bearer: sandboxKey });
  expect(await uploadNeeded(partner, FILING_ID)).toBeGreaterThan(0);
  const params = { filingId: FILING_ID };
  expect(await call('checkFiling', { FILING_ID })).toMatchObject({ findings: [] });
  const { filing } = await partner.getFiling({ params });
  expect(await call('submitFiling', { FILING_ID, VERSION: filing.version })).toMatchObject({
    state: 'awaiting_review',
  });

  const reviewer = createClient({ baseUrl: sample.url, cookies: createCookieJar() });
  const { password } = sample.logins.find(({ login }) => login === 'reviewer') ?? { password: '' };
  await reviewer.signIn({ body: { login: 'reviewer', password } });
  const { version } = (await reviewer.getFiling({ params })).filing;
  await reviewer.passFiling({ params, body: { version } });
  await sample.rest();
  const events = (await call('getFiling', { FILING_ID })).filing as unknown as { readonly state: string };
  expect(events.state).toBe('awaiting_sms');

  await confirmSms();
  await sample.rest();
  await vi.waitFor(async () => expect((await partner.getFiling({ params })).filing.state).toBe('filed'), 20_000);
  const done = (await call('getFiling', { FILING_ID })).filing as unknown as { readonly serviceNumber: string };
  expect(done.serviceNumber).toMatch(/ICP备\d+号-\d+$/u);
  const { records } = (await call('listRecords')) as unknown as {
    readonly records: readonly { serviceNumber: string }[];
  };
  expect(records.map(({ serviceNumber }) => serviceNumber)).toContain(done.serviceNumber);
  await vi.waitFor(async () => expect(await gateStatus()).toBe(204), 20_000);
  // The key goes on where the console would: a change of the site, and its end.
  const about = (wants: 'change' | 'cancel', number: string) => ({ body: { number, wants } });
  const { filing: change } = await partner.startRecordFiling(about('change', done.serviceNumber));
  expect(change).toMatchObject({ kind: 'change_site', state: 'draft' });
  await partner.abandonFiling({ params: { filingId: change.id }, body: { version: change.version } });
  // The only site ends with its organiser.
  const organiser = done.serviceNumber.replace(/-\d+$/u, '');
  expect((await partner.startRecordFiling(about('cancel', organiser))).filing.kind).toBe('cancel_subject');
}, 120_000);

/** The person in charge reads the code on the phone and types it in at the authority's page. */
async function confirmSms(): Promise<void> {
  const controls = createSimControls(sample.authorityUrl);
  const texts = (await controls.listPhone()).filter(({ kind, code }) => kind === 'verification' && code !== null);
  expect(texts.length).toBeGreaterThan(0);
  const values = bodyOf('saveFilingForm').values as Readonly<Record<string, unknown>>;
  for (const { mobile, code } of texts) {
    const at = Object.entries(values).find(([path, value]) => path.endsWith('.mobile') && value === mobile)?.[0] ?? '';
    const number = String(values[at.replace('.mobile', '.certificateNumber')]);
    expect(await controls.confirmSms(mobile, code ?? '', number.slice(-6))).toMatchObject({ outcome: 'confirmed' });
  }
}

/** Whom the sample's gate lets through: the site of the examples, once it is filed. */
const gateStatus = async () =>
  (
    await fetch(`${sample.gateUrl}/auth`, {
      headers: { 'x-original-host': `www.${String(bodyOf('startFiling').domainName)}` },
    })
  ).status;

const bodyOf = (id: string) =>
  operationsOf(document).find((one) => one.id === id)?.example.body as Readonly<Record<string, unknown>>;

test('every operation has an example in both languages, as far as its schema goes', () => {
  for (const operation of operationsOf(document)) {
    expect(curlOf(operation), operation.id).toContain(operation.method);
    expect(fetchOf(operation), operation.id).toContain(operation.method);
  }
});

/** A picture by the three steps of an upload. */
async function uploadOne(call: ReturnType<typeof callerBy>, FILING_ID: string): Promise<void> {
  const FILE = join(folder, 'picture.png');
  writeFileSync(FILE, new Uint8Array(20_000));
  const { id: UPLOAD_ID } = (await call('beginUpload', { FILING_ID })) as unknown as { readonly id: string };
  expect(await call('appendUpload', { UPLOAD_ID, FILE })).toMatchObject({ received: 20_000 });
}
