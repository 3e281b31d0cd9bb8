import type { GateFile } from '../../ports/index.ts';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction } from '../command/step.ts';
import { gateFactsOf, gateMarkOf } from './gate-facts.ts';

/** A file is handed out again until so many changes came after it: gates catch up on those by asking for them. */
const rebuildAfterChanges = 10_000;

/** The binary snapshot, built from the store unless the last one is recent enough. */
export const getGateFile = queryInParts(
  { id: 'getGateFile', faults: [] },
  async (request: FlowRequest, { atLeast }: { readonly atLeast: number }): Promise<GateFile> => {
    const { deps } = request;
    const current = deps.gateFiles.current();
    if (current !== null && (await isUsable(request, current, atLeast))) return current;
    return deps.gateFiles.build(async (begin) => {
      await deps.store.readGateEntries(({ sequence, mark }) =>
        begin({
          ...gateFactsOf(deps),
          sequence,
          builtAtMs: Date.parse(deps.clock.now()),
          mark: gateMarkOf(deps, mark),
        }),
      );
    });
  },
);

async function isUsable(request: FlowRequest, file: GateFile, atLeast: number): Promise<boolean> {
  const { version, markAtAfter } = await inTransaction(request, ({ tx }) => tx.gateLog.changesAfter(file.sequence, 0));
  const isOurs = markAtAfter !== null && gateMarkOf(request.deps, markAtAfter) === file.mark;
  return isOurs && file.sequence >= Math.min(atLeast, version) && version - file.sequence <= rebuildAfterChanges;
}
