import { join } from 'node:path';
import { type CodeTableName, type CodeTables, codeTableSchemas, refuseUnrelated } from '@openbeian/model/code-tables';
import { readTable } from './read-table.ts';

const shipped = join(import.meta.dirname, 'code-tables');

/**
 * Reads the code tables of the filing form, `<name>.yaml` each (default: those that come with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export function loadCodeTables(directory: string = shipped): CodeTables {
  // The keys of that very object.
  const names = Object.keys(codeTableSchemas) as CodeTableName[];
  const read = names.map((name) => [name, readTable(join(directory, `${name}.yaml`), codeTableSchemas[name])]);
  // Each was read by the schema of its name.
  const tables = Object.fromEntries(read) as CodeTables;
  refuseUnrelated(tables);
  return tables;
}
