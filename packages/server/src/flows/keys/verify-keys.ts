import { Fault } from '@openbeian/model/fault';
import { type KeyCheck, type StoreTransaction, sealingContexts } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { openValues } from '../filing/form-values.ts';

type Needs = Pick<FlowDeps, 'store' | 'vault'>;

/**
 * Makes sure that the configured keys are those of this database, and remembers the ones that are new to it. Called before
 * anything is sealed or looked up: under other keys look-ups would miss and new rows could not be read by anybody else.
 * @throws Fault `secret.wrong_key`; nothing is written then.
 */
export async function verifyKeys(deps: FlowDeps): Promise<void> {
  await inWorkerTransaction(deps, async (step) => {
    const { tx } = step;
    await tx.keys.lockChecks();
    const known = await tx.keys.listChecks();
    // A database of a release that kept no check values: what it holds must open.
    if (known.length === 0) await openOldest(deps, tx);
    compare(deps.vault.checks, known);
    const isNew = ({ use, keyId }: KeyCheck) => !known.some((one) => one.use === use && one.keyId === keyId);
    const added = deps.vault.checks.filter(isNew);
    if (added.length === 0) return;
    await tx.keys.putChecks(added, step.at);
    // The first keys of a database belong to its making; later ones are news.
    if (known.length === 0) return;
    for (const { use, keyId } of added) await recordAudit(step, 'KeyAdded', { kind: 'key', id: keyId }, { use });
  });
}

/** As `verifyKeys` while the system runs, when the database may have been restored or replaced; writes nothing. */
export async function recheckKeys({ store, vault }: Needs): Promise<void> {
  compare(vault.checks, await store.transaction((tx) => tx.keys.listChecks()));
}

/** Forgets a key that was retired; its id may be used again. */
export async function forgetKey(deps: FlowDeps, keyId: string): Promise<void> {
  await inWorkerTransaction(deps, async (step) => {
    await step.tx.keys.deleteChecks(keyId);
    await recordAudit(step, 'KeyRetired', { kind: 'key', id: keyId });
  });
}

function compare(configured: readonly KeyCheck[], known: readonly KeyCheck[]): void {
  for (const { use, keyId, value } of configured) {
    const before = known.find((one) => one.use === use && one.keyId === keyId);
    if (before !== undefined && before.value !== value) {
      throw wrongKey({
        zh: `密钥“${keyId}”与此数据库所用的同名密钥不同。`,
        en: `Key "${keyId}" differs from the key of that ID that this database was used with.`,
      });
    }
  }
  for (const use of ['sealing', 'hashing'] as const) {
    const ids = known.filter((one) => one.use === use).map(({ keyId }) => keyId);
    if (ids.length === 0 || configured.some((one) => one.use === use && ids.includes(one.keyId))) continue;
    throw wrongKey({
      zh: `此数据库使用密钥“${ids.join('”“')}”，密钥文件中没有。`,
      en: `This database was used with ${ids.map((id) => `"${id}"`).join(', ')}; the key file has none of them.`,
    });
  }
}

/** Opens one value of each kind. */
async function openOldest(deps: FlowDeps, { keys }: StoreTransaction): Promise<void> {
  const { vault } = deps;
  const first = { after: '', limit: 1 };
  const [code] = await keys.codesIn(first);
  const [filing] = await keys.filingsIn(first);
  const [subject] = await keys.subjectsIn(first);
  const [webhook] = await keys.webhooksIn(first);
  const [addresses] = await keys.addressesIn(first);
  try {
    if (code !== undefined) {
      const clear = vault.open(code.sealed, sealingContexts.codes(code.id));
      if (!vault.hashes(clear, 'code').includes(code.lookupHash)) throw new Error('hashed under another key');
    }
    if (filing !== undefined) openValues(deps, filing.id, filing.form);
    if (subject !== undefined) vault.open(subject.sealedName, sealingContexts.subjects(subject.number));
    if (webhook !== undefined) vault.open(webhook.sealedSecret, sealingContexts.webhooks(webhook.id));
    if (addresses !== undefined) vault.open(addresses.sealed, sealingContexts.addresses(addresses.id));
  } catch (cause) {
    const detail = {
      zh: '数据库中已有的数据无法用所配置的密钥解密。',
      en: 'What the database holds cannot be decrypted with the keys that are configured.',
    };
    throw new Fault('secret.wrong_key', { detail, cause });
  }
}

const wrongKey = (detail: { zh: string; en: string }) => new Fault('secret.wrong_key', { detail });
