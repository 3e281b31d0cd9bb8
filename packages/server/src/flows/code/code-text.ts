import { type ParsedCode, parseCode } from '@openbeian/model/code';
import type { CodeRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/** The code of this text, in any form that people type; null when there is none. */
export async function findCodeByText({ deps, tx }: Pick<Step, 'deps' | 'tx'>, text: string): Promise<CodeRow | null> {
  const parsed: ParsedCode = parseCode(text);
  return parsed.ok ? tx.codes.findByLookupHash(deps.vault.hashes(parsed.canonical, 'code')) : null;
}
