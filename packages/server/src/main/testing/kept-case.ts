import type { CaseRow } from '../../ports/index.ts';
import type { RuleWorld } from './rule-world.ts';

const line = { provider: '7', provinceCode: '440000' };

/** A case of a line that waits for an operator. @returns its id */
export async function keptCase(
  { deps, fresh }: Pick<RuleWorld, 'deps' | 'fresh'>,
  some: Partial<Pick<CaseRow, 'kind' | 'submissionId'>> = {},
): Promise<string> {
  const [id, paperId] = [fresh('cas'), fresh('pap')];
  await deps.store.transaction(async ({ authorityLedger }) => {
    await authorityLedger.putLine(line);
    await authorityLedger.insertPaper({
      id: paperId,
      sealedKey: 'v1.k1.none',
      body: new Uint8Array(),
      keptUntil: null,
    });
    const row = { ...line, id, kind: 'subject_blacklisted', about: id, submissionId: null, downloadId: null, paperId };
    await authorityLedger.insertCase({ ...row, openedAt: deps.clock.now(), ...some });
  });
  return id;
}
