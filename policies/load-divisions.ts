import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DivisionTable, divisionFileSchema, divisionTable } from '@openbeian/model/province';
import { readTable } from './read-table.ts';

const shipped = join(import.meta.dirname, 'divisions');

/**
 * Reads the divisions of every province of a folder (default: those that come with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export function loadDivisions(directory: string = shipped): DivisionTable {
  const names = readdirSync(directory).filter((name) => name.endsWith('.yaml'));
  return divisionTable(names.sort().map((name) => readTable(join(directory, name), divisionFileSchema)));
}
