import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@openbeian/contract/client';
import { uploadPicture } from '@openbeian/contract/upload';
import { dayOf } from '@openbeian/model/calendar';
import type { MaterialKey } from '@openbeian/model/filing';
import type { MaterialPart, PictureKind } from '@openbeian/model/materials';
import { drawFictionalPicture } from './pictures.ts';

interface Place {
  readonly key: MaterialKey;
  readonly part: MaterialPart;
  readonly picture: PictureKind;
}

const drawn = new Map<string, Uint8Array<ArrayBuffer>>();

/** A picture for that place of any filing of the sample or of a test; drawn once. With a coarser `grain` its file is smaller. */
export function fictionalPictureOf({ key, part, picture }: Place, grain?: number): Uint8Array<ArrayBuffer> {
  const name = `${key}/${part}/${grain}`;
  const known = drawn.get(name);
  if (known !== undefined) return known;
  const size = picture === 'icon' ? { width: 512, height: 512 } : {};
  const bytes = drawFictionalPicture({
    lines: [key.replaceAll('_', ' '), part === 'whole' ? 'PAGE 1' : `${part} side`, 'XINGYUN SAMPLE'],
    looks: part === 'back' ? 'back' : part === 'front' ? 'card' : 'page',
    ...size,
    ...(grain !== undefined && { grain }),
  });
  drawn.set(name, bytes);
  return bytes;
}

type MaterialClient = {
  readonly getDeployment: (input: Record<string, never>) => Promise<{ readonly now: string }>;
} & Pick<Client, 'listMaterials' | 'beginUpload' | 'getUpload' | 'appendUpload' | 'completeUpload'>;

/** Uploads a made-up picture wherever the filing cannot be submitted without one, as a customer would. @returns how many */
export async function uploadNeeded(client: MaterialClient, filingId: string, grain?: number): Promise<number> {
  const { needed } = await client.listMaterials({ params: { filingId } });
  const missing = needed.filter(({ isRequired, materials }) => isRequired && materials.length === 0);
  const today = missing.some(({ isSigned }) => isSigned) ? dayOf((await client.getDeployment({})).now) : null;
  for (const place of missing) {
    const { key, part, isSigned } = place;
    const signed = isSigned && today !== null ? { signedOn: today } : {};
    await uploadPicture(client, { filingId, key, part, ...signed, bytes: fictionalPictureOf(place, grain) });
  }
  return missing.length;
}

/** One for each look that a place of a filing may ask for. */
const pictureFiles = {
  'card-front.png': { lines: ['identity card', 'front side', 'XINGYUN SAMPLE'], looks: 'card' },
  'card-back.png': { lines: ['identity card', 'back side', 'XINGYUN SAMPLE'], looks: 'back' },
  'page.png': { lines: ['document', 'PAGE 1', 'XINGYUN SAMPLE'], looks: 'page' },
  'app-icon.png': { lines: ['ICON'], looks: 'page', width: 512, height: 512 },
} as const;

/** Writes made-up pictures into a folder, for people who try the forms and have none at hand. Those there stay as they are. */
export function writeSamplePictures(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, drawing] of Object.entries(pictureFiles)) {
    const path = join(folder, name);
    if (!existsSync(path)) writeFileSync(path, drawFictionalPicture(drawing));
  }
}
