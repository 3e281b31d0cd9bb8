import { dayOf } from '@openbeian/model/calendar';
import { fictionalCompany } from '@openbeian/model/fictional';
import { beforeAll, expect, test } from 'vitest';
import { licence } from '../../main/testing/materials.ts';
import { describeEmbedded } from '../../main/testing/rule-world.ts';
import { type KeyRing, KeyRingVault, makeKeyRing, withActive, withNewKey, withoutKey } from '../../secrets/index.ts';
import { createFlows, type FlowTable } from '../index.ts';
import { addressesIn, sealAddresses } from '../notice/notice-mail.ts';
import { countKeyUses, resealNext, restartReseal } from './reseal.ts';

const before = makeKeyRing('a');
const after = withActive(withNewKey(before, 'b', true), 'b');

describeEmbedded('resealNext', (get) => {
  const under = (keys: KeyRing) => ({ ...get().deps, vault: new KeyRingVault(keys) });
  const accounts: string[] = [];
  const sealedOf = (account: string) => get().deps.store.transaction((tx) => tx.notices.findMail(account));
  const resealAll = async () => {
    const done = [];
    for (let page = await resealNext(under(after)); page !== null; page = await resealNext(under(after)))
      done.push(page);
    return done;
  };

  beforeAll(async () => {
    const world = get();
    // The last one is sealed under a key that nobody has.
    for (const keys of [before, before, makeKeyRing('lost')]) {
      const account = await world.account();
      const sealed = sealAddresses(under(keys), account, [`${account}@example.cn`]);
      await world.deps.store.transaction((tx) => tx.notices.putMail(account, sealed, world.deps.clock.now()));
      accounts.push(account);
    }
  });

  test('brings everything under the newest key once, and names what no key opens', async () => {
    const held = async (keyId: string) =>
      (await countKeyUses(under(after)))
        .filter((use) => use.kind === 'addresses' && use.keyId === keyId)
        .map(({ count }) => count);
    expect([await held('a'), await held('b')]).toEqual([[2], []]);
    const pages = (await resealAll()).filter(({ kind }) => kind === 'addresses');
    const cause = expect.stringContaining(`account_mail.sealed of row ${accounts[2]}: `);
    expect(pages).toEqual([{ kind: 'addresses', seen: 3, changed: 2, unreadable: [{ id: accounts[2], cause }] }]);
    expect([await held('a'), await held('b')]).toEqual([[], [2]]);
    for (const account of accounts.slice(0, 2)) {
      const sealed = await sealedOf(account);
      expect(addressesIn(under(after), account, sealed ?? '')).toEqual([`${account}@example.cn`]);
    }
    expect(await resealAll()).toEqual([]);
  });

  test('of pictures only their keys: the objects stay as they are, and open with the newest key alone', async () => {
    const world = get();
    const objects = new Map<string, Uint8Array>();
    const blobs = {
      put: async (name: string, bytes: Uint8Array) => void objects.set(name, bytes),
      get: async (name: string) => objects.get(name) ?? null,
      delete: async (name: string) => void objects.delete(name),
    };
    const accountId = await world.account();
    const flowsUnder = (keys: KeyRing) => createFlows({ ...under(keys), blobs });
    const flows = flowsUnder(before);
    const { filing } = await flows.startFiling(world.call(accountId), {
      domainName: 'pictures-of-keys.cn',
      serviceKind: 'website',
      subjectKind: 'enterprise',
      provinceCode: '440000',
      certificateType: 'business_licence',
      certificateNumber: fictionalCompany(77_001).creditCode,
    });
    const upload = async (through: FlowTable) => {
      const signedOn = dayOf(world.deps.clock.now());
      const picture = { key: 'pledge', part: 'whole', signedOn, bytes: licence.byteLength } as const;
      const { id: uploadId } = await through.beginUpload(world.call(accountId), { filingId: filing.id, ...picture });
      await through.appendUpload(world.call(accountId), { uploadId, atByte: 0, body: licence });
      return through.completeUpload(world.call(accountId), { uploadId });
    };
    const { id: materialId } = await upload(flows);
    const was = new Map(objects);
    expect((await resealAll()).find(({ kind }) => kind === 'blobs')).toMatchObject({ changed: 1, unreadable: [] });
    expect([...objects]).toEqual([...was]);
    const newestAlone = withoutKey(after, 'a');
    const opened = await flowsUnder(newestAlone).openMaterial(world.call(accountId), { materialId, which: 'original' });
    expect(Buffer.from(opened.bytes).equals(licence)).toBe(true);
    // The same picture is found by its hash under the new key: nothing is stored twice.
    await upload(flowsUnder(newestAlone));
    expect(objects.size).toBe(was.size);
  });

  test('looks at everything again when it is told to, and changes what is under the newest key no more', async () => {
    const sealed = await sealedOf(accounts[0] ?? '');
    await restartReseal(under(after));
    const pages = (await resealAll()).filter(({ kind }) => kind === 'addresses');
    expect(pages).toMatchObject([{ seen: 3, changed: 0 }]);
    expect(await sealedOf(accounts[0] ?? '')).toBe(sealed);
  });
});
