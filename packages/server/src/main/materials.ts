import { loadMaterialRules } from '@openbeian/policies/materials';
import type { FlowDeps } from '../flows/index.ts';
import { DirectoryBlobs } from '../materials/blobs/directory-blobs.ts';
import { MemoryBlobs } from '../materials/blobs/memory-blobs.ts';
import { LetterWriter } from '../materials/letters/letter-writer.ts';
import { PictureProcesses } from '../materials/pictures/picture-processes.ts';
import { noScanner } from '../materials/scanners/no-scanner.ts';
import type { Blobs, VirusScanner } from '../ports/index.ts';
import type { Config } from './config.ts';
import { materialsDirectory } from './writable-materials.ts';

type Parts = Pick<FlowDeps, 'blobs' | 'scanner' | 'materials'> & {
  readonly pictures: PictureProcesses;
  readonly letters: LetterWriter;
};

/** What takes pictures of materials, as configured. */
export async function openMaterials(config: Config, inMemory: boolean): Promise<Parts> {
  return {
    blobs: inMemory ? new MemoryBlobs() : await blobsOf(config),
    pictures: new PictureProcesses(),
    letters: new LetterWriter(),
    scanner: await scannerOf(config),
    materials: { rules: loadMaterialRules(), areRequired: config.materials.required },
  };
}

async function blobsOf(config: Config): Promise<Blobs> {
  const { s3, s3SecretAccessKey: secretAccessKey, s3TimeoutMs: timeoutMs } = config.materials;
  if (s3 === null || secretAccessKey === null) return new DirectoryBlobs(materialsDirectory(config));
  // Without one, what speaks to it is not loaded.
  const { S3Blobs } = await import('../materials/blobs/s3-blobs.ts');
  return new S3Blobs({ ...s3, secretAccessKey, timeoutMs });
}

async function scannerOf({ materials: { clamd, clamdTimeoutMs: timeoutMs } }: Config): Promise<VirusScanner> {
  if (clamd === null) return noScanner;
  const { createClamdScanner } = await import('../materials/scanners/clamd-scanner.ts');
  if (clamd.startsWith('/')) return createClamdScanner({ at: { path: clamd }, timeoutMs });
  const colon = clamd.lastIndexOf(':');
  const host = clamd.slice(0, colon).replace(/^\[|\]$/g, '');
  return createClamdScanner({ at: { host, port: Number(clamd.slice(colon + 1)) }, timeoutMs });
}
