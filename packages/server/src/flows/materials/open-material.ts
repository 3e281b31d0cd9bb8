import { createHash } from 'node:crypto';
import { mayReveal, type RevealReason } from '@openbeian/model/filing';
import type { SeenMaterial } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { commandInParts } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { inTransaction, type Step } from '../command/step.ts';
import { claimAt, refuseClaimedByOther } from '../filing/claim.ts';
import { objectNameOf, openBlobSecrets, sealedAs } from './blob-secrets.ts';

interface OpenMaterial {
  readonly materialId: string;
  /** `copy`: what the authority gets. */
  readonly which: 'original' | 'copy';
  /** Why somebody of the provider looks; to review it, unless said. */
  readonly because?: RevealReason | undefined;
}

type Faults = 'object.not_found' | 'filing.wrong_state' | 'filing.not_claimed' | 'filing.claimed_by_other';

/**
 * The picture itself. Its customer sees it always; the provider's people while the filing waits for them and they have claimed it.
 * Every look leaves an audit row, written before anything is shown.
 */
export const openMaterial = commandInParts(
  {
    id: 'openMaterial',
    faults: [
      'object.not_found',
      'filing.wrong_state',
      'filing.not_claimed',
      'filing.claimed_by_other',
      'material.store_unavailable',
      'store.unreadable',
    ],
  },
  async (request, input: OpenMaterial) => {
    const material = await inTransaction(request, (step) => admit(step, input));
    const bytes = await read(request.deps, material, input.which);
    if (bytes === null) throw request.fault('store.unreadable', { detail: lost(material.id) });
    const { mediaType } = material.blob.facts;
    return { mediaType: input.which === 'copy' ? ('image/jpeg' as const) : mediaType, bytes };
  },
);

async function admit(step: Step<Faults>, { materialId, which, because }: OpenMaterial): Promise<SeenMaterial> {
  const { tx, actor, at } = step;
  const material = await tx.materials.find(materialId);
  if (material === null) throw step.fault('object.not_found');
  const filing = requireVisible(step, await tx.filings.find(material.filingId), (one) => [one.accountId]);
  if (!mayReveal(actor.role, filing.state)) throw step.fault('filing.wrong_state');
  if (actor.role !== 'customer') {
    refuseClaimedByOther(step, filing);
    if (claimAt(filing, at) === null) throw step.fault('filing.not_claimed');
  }
  const { key, part } = material;
  const reason = actor.role === 'customer' ? null : (because ?? 'review');
  await recordAudit(step, 'MaterialOpened', { kind: 'filing', id: filing.id }, { key, part, which, because: reason });
  return material;
}

/** Null where the store has nothing, or something else than was put there. */
async function read(deps: FlowDeps, { blob }: SeenMaterial, which: 'original' | 'copy'): Promise<Uint8Array | null> {
  const sealed = await deps.blobs.get(objectNameOf(blob.objectName, which));
  if (sealed === null) return null;
  const { key, digest } = openBlobSecrets(deps, blob.id, blob.sealedKey);
  const bytes = key.open(sealed, sealedAs(blob.id, which));
  const isWhole = which === 'copy' || createHash('sha256').update(bytes).digest('base64url') === digest;
  return isWhole ? bytes : null;
}

const lost = (materialId: string) => ({
  zh: `材料 ${materialId} 的文件不存在或已被改动`,
  en: `the file of material ${materialId} is missing or altered`,
});
