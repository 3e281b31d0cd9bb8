import type { GateFile, UnreadableEntry } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction } from '../command/step.ts';
import { isFilePutOff, noteBuiltFile, noteClosedNames, noteFailedFile } from './closed-names.ts';
import { gateFactsOf, gateMarkOf } from './gate-facts.ts';

/** A file is handed out again until so many changes came after it: gates catch up on those by asking for them. */
const rebuildAfterChanges = 10_000;

/**
 * The binary snapshot, built from the store unless the last one is recent enough. One that cannot be built is failed work, and the
 * last good one goes on being served while gates can catch up from it.
 */
export const getGateFile = queryInParts(
  { id: 'getGateFile', faults: [] },
  async (request: FlowRequest, { atLeast }: { readonly atLeast: number }): Promise<GateFile> => {
    const { deps } = request;
    const current = deps.gateFiles.current();
    const use = current === null ? 'none' : await useOf(request, current, atLeast);
    if (current !== null && (use === 'recent' || (use === 'old' && (await isFilePutOff(deps))))) return current;
    try {
      const built = await buildFile(deps);
      await noteClosedNames(deps, built.unreadable.map(unreadableEntry));
      return built;
    } catch (error) {
      await noteFailedFile(deps, error);
      // The last good one: gates ask for what changed since.
      if (current !== null && use === 'old') return current;
      throw error;
    }
  },
);

async function buildFile(deps: FlowDeps): Promise<GateFile> {
  const file = await deps.gateFiles.build(gateFactsOf(deps), async (begin) => {
    const { sequence, mark } = await deps.store.readGateEntries(begin);
    return { sequence, builtAtMs: Date.parse(deps.clock.now()), mark: gateMarkOf(deps, mark) };
  });
  await noteBuiltFile(deps);
  return file;
}

const unreadableEntry = (name: string): UnreadableEntry => ({
  name,
  cause: `store.unreadable: record of row ${name} in table gate_entry cannot be read`,
});

/** `old`: good, but so many changes came after it that another is built. */
async function useOf(request: FlowRequest, file: GateFile, atLeast: number): Promise<'none' | 'old' | 'recent'> {
  const { version, markAtAfter } = await inTransaction(request, ({ tx }) => tx.gateLog.changesAfter(file.sequence, 0));
  const isOurs = markAtAfter !== null && gateMarkOf(request.deps, markAtAfter) === file.mark;
  if (!isOurs || file.sequence < Math.min(atLeast, version)) return 'none';
  return version - file.sequence <= rebuildAfterChanges ? 'recent' : 'old';
}
