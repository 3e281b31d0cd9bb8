import type { OperationId, Operations } from '@openbeian/contract';
import { operationTable } from './operation-table.at-build.ts';

export type CommandId = {
  [Id in OperationId]: Operations[Id]['command'] extends true ? Id : never;
}[OperationId];

/** Must this query be asked again after that command? Keys of queries begin with the operation's id. */
export function isTouched(queryKey: readonly unknown[], command: CommandId): boolean {
  const query = Object.values(operationTable).find(({ id }) => id === queryKey[0]);
  if (query === undefined || query.command) return false;
  const changed = new Set<string>([...operationTable[command].nouns, 'audit']);
  return query.nouns.some((noun) => changed.has(noun));
}
