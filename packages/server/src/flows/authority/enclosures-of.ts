import { Fault } from '@openbeian/model/fault';
import { materialTable } from '@openbeian/model/materials';
import type { AuthorityEnclosures, AuthorityPicture, FilingRow, SeenMaterial } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { openValues, textIn } from '../filing/form-values.ts';
import { objectNameOf, openBlobSecrets, sealedAs } from '../materials/blob-secrets.ts';

/** Which pictures go along, without what they show: enough to say what is missing. */
export async function outlinedEnclosuresOf(step: Step, filing: FilingRow): Promise<AuthorityEnclosures> {
  const materials = (await step.tx.materials.list(filing.id)).filter(isForAuthority);
  const pictures = materials.map(({ key }) => ({ key, bytes: new Uint8Array([0]) }));
  return { ...enclosuresOf(step, filing), loadPictures: async () => pictures };
}

/** Papers between the provider and its customer stay here. */
const isForAuthority = ({ key }: SeenMaterial): boolean => materialTable[key].imageUse !== null;

/** What goes along with a filing over wires that carry it. Pictures are read when they are asked for, outside of any transaction. */
export function enclosuresOf({ deps }: Pick<Step, 'deps'>, filing: FilingRow): AuthorityEnclosures {
  const values = openValues(deps, filing.id, filing.form);
  const password = textIn(values, 'service.access.filingPassword') || textIn(values, 'cancellation.filingPassword');
  return {
    cancellationReason: textIn(values, 'cancellation.reason'),
    filingPassword: password === '' ? null : password,
    loadPictures: () => loadPictures(deps, filing.id),
  };
}

async function loadPictures(deps: FlowDeps, filingId: string): Promise<readonly AuthorityPicture[]> {
  const all = await deps.store.transaction((tx) => tx.materials.list(filingId));
  const materials = all.filter(isForAuthority);
  const pictures: AuthorityPicture[] = [];
  for (const material of materials) pictures.push({ key: material.key, bytes: await copyOf(deps, material) });
  return pictures;
}

/** The copy that was made for the authority, which its reviewer has seen. */
async function copyOf(deps: FlowDeps, { id, blob }: SeenMaterial): Promise<Uint8Array> {
  const sealed = await deps.blobs.get(objectNameOf(blob.objectName, 'copy'));
  if (sealed === null) {
    const detail = { zh: `材料 ${id} 的文件不存在`, en: `the file of material ${id} is missing` };
    throw new Fault('store.unreadable', { detail });
  }
  return openBlobSecrets(deps, blob.id, blob.sealedKey).key.open(sealed, sealedAs(blob.id, 'copy'));
}
