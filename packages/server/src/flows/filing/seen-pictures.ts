import { materialField } from '@openbeian/model/materials';
import type { FilingRow, SeenForm, SeenMaterial } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/** Says that a round has noted pictures, which those of before did not; no field is called so. */
const noted = 'materials';

/** The pictures of a filing at each place, as a round keeps them: which contents, the same whenever the same picture is uploaded. */
export async function seenPictures({ tx }: Pick<Step, 'tx'>, { id }: Pick<FilingRow, 'id'>): Promise<SeenForm> {
  const places = Map.groupBy(await tx.materials.list(id), ({ key, part }) => materialField(key, part));
  const seen = [...places].map(([field, own]) => [field, { shown: contentsOf(own), hash: null }] as const);
  return { [noted]: { shown: true, hash: null }, ...Object.fromEntries(seen) };
}

const contentsOf = (materials: readonly SeenMaterial[]): string[] => materials.map(({ blobId }) => blobId).sort();

/** How many pictures there were and are at a place where they are not the same any more. */
export interface PictureChange {
  readonly field: string;
  readonly before: number;
  readonly after: number;
}

/** What differs; nothing where the former round noted no pictures. @param only of places that have a picture now */
export function pictureChanges(was: SeenForm, is: SeenForm, only = false): PictureChange[] {
  if (was[noted] === undefined) return [];
  const isPicture = (field: string) => field.startsWith(`${noted}.`);
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(isPicture).sort();
  return fields.flatMap((field) => {
    const [before, after] = [was, is].map((seen) => listIn(seen[field]?.shown));
    if (before === undefined || after === undefined || before.join() === after.join()) return [];
    return only && after.length === 0 ? [] : [{ field, before: before.length, after: after.length }];
  });
}

const listIn = (shown: unknown): readonly unknown[] => (Array.isArray(shown) ? shown : []);
