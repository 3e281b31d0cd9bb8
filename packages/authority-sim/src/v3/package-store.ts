import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackedDocument } from '@openbeian/authority-wire/v3';
import type { Line } from '../core/words.ts';

/** Each line's last upload as it came, which `isp_querypreviousupload` gives back. */
export interface PackageStore {
  /** Keeps it; the journal says afterwards that it was taken. */
  keep(line: Line, sequence: number, packed: PackedDocument): void;
  /** Null where it is not kept. */
  read(line: Line, sequence: number): PackedDocument | null;
}

const nameOf = ({ unit, province }: Line, sequence: number): string => `${unit}-${province}-${sequence}`;

/** In memory, or in a folder beside the journal. */
export function openPackageStore(dataDir: string | undefined): PackageStore {
  return dataDir === undefined ? memoryStore() : folderStore(join(dataDir, 'uploads'));
}

function memoryStore(): PackageStore {
  const kept = new Map<string, PackedDocument>();
  return {
    keep(line, sequence, packed) {
      // The one before stays: it is the last one if the process dies before the journal has this one.
      kept.delete(nameOf(line, sequence - 2));
      kept.set(nameOf(line, sequence), packed);
    },
    read: (line, sequence) => kept.get(nameOf(line, sequence)) ?? null,
  };
}

function folderStore(folder: string): PackageStore {
  mkdirSync(folder, { recursive: true });
  const pathOf = (line: Line, sequence: number) => join(folder, `${nameOf(line, sequence)}.json`);
  return {
    keep(line, sequence, packed) {
      rmSync(pathOf(line, sequence - 2), { force: true });
      const file = openSync(pathOf(line, sequence), 'w', 0o600);
      writeFileSync(file, JSON.stringify(packed));
      fsyncSync(file);
      closeSync(file);
    },
    read(line, sequence) {
      if (!readdirSync(folder).includes(`${nameOf(line, sequence)}.json`)) return null;
      // `keep` has written it.
      return JSON.parse(readFileSync(pathOf(line, sequence), 'utf8')) as PackedDocument;
    },
  };
}
