import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '@openbeian/authority-sim';
import { createClient, createCookieJar } from '@openbeian/contract/client';
import { uploadPicture } from '@openbeian/contract/upload';
import { dayOf } from '@openbeian/model/calendar';
import { openSampleDeployment, type SampleDeployment, samplePeople } from '@openbeian/server/main';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'openbeian-walk-'));

/** What the README’s walk of five minutes tells a newcomer to use is there, in the deployment as `npm start` opens it. */
describe('the README’s walk', () => {
  let sample: SampleDeployment;
  beforeAll(async () => {
    const clock = manualClock('2026-11-23T01:30:00.000Z');
    sample = await openSampleDeployment({ dataDir: folder, calm: true, clock, withHistory: true });
  }, 120_000);
  afterAll(async () => {
    await sample?.close();
    rmSync(folder, { recursive: true });
  });

  it('starts a filing with the certificate that it names, and takes its pictures', async () => {
    const named = samplePeople.find(({ name }) => readme.includes(`证件和手机号码填${name}的`));
    expect(named?.mobile).toMatch(/^\d{11}$/u);
    const client = createClient({ baseUrl: sample.url, cookies: createCookieJar() });
    const password = sample.logins.find(({ login }) => login === 'individual')?.password ?? '';
    await client.signIn({ body: { login: 'individual', password } });
    const { filing } = await client.startFiling({
      body: {
        domainName: 'readme-walk.cn',
        subjectKind: 'individual',
        provinceCode: '440000',
        certificateType: 'resident_id',
        certificateNumber: named?.number ?? '',
      },
    });
    expect(filing).toMatchObject({ kind: 'first', state: 'draft' });
    // A draft that nobody has filled in says the limit that its due date comes from.
    expect(filing).toMatchObject({ dueAt: '2026-11-26T16:00:00.000Z', limit: { amount: 3, unit: 'days' } });

    const { needed } = await client.listMaterials({ params: { filingId: filing.id } });
    const signedOn = dayOf((await client.getDeployment({})).now);
    for (const { key, part } of needed.filter(({ isRequired }) => isRequired)) {
      const file = part === 'front' ? 'card-front.png' : part === 'back' ? 'card-back.png' : 'page.png';
      expect(existsSync(join(folder, 'pictures', file))).toBe(true);
      const bytes = new Uint8Array(readFileSync(join(folder, 'pictures', file)));
      await uploadPicture(client, { filingId: filing.id, key, part, signedOn, bytes });
    }
    const after = await client.listMaterials({ params: { filingId: filing.id } });
    expect(after.needed.filter(({ isRequired, materials }) => isRequired && materials.length === 0)).toEqual([]);
  });
});
