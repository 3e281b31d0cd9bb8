import { parseCode } from '@openbeian/model/code';
import type { FaultPlace } from '@openbeian/model/fault';
import type { CodeRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { type CodeReason, codeReasons } from './code-reasons.ts';
import { findCodeByText } from './code-text.ts';
import { codeViewsOf } from './code-view.ts';
import { unknownGrantee } from './own-code.ts';
import { numbered } from './partner-answer.ts';

interface PartnerGrant {
  /** The code itself, or its id. */
  readonly code?: string | undefined;
  readonly codeId?: string | undefined;
  readonly granteeAccountId: string;
}

/** A grant with the caller's code that it is about; null: there is none. */
interface FoundGrant {
  readonly grant: PartnerGrant;
  readonly code: CodeRow | null;
}

/**
 * Grants up to 20 codes of the caller's, all or none.
 * @throws Fault `input.invalid` (places `grants[i]…`), `code.not_usable` with a reason, its `index` and its number for
 * each that cannot be granted; `code.wrong_state` when one was taken meanwhile.
 */
export const grantPartnerCodes = command(
  { id: 'grantPartnerCodes', faults: ['code.not_usable', 'code.wrong_state', 'auth.too_many_attempts'] },
  async (step, input: { readonly grants: readonly PartnerGrant[] }) => {
    const found = await findGrants(step, input.grants);
    await refusePlaces(step, found);
    const refused = found.flatMap((one, index) => {
      const reason = refusalOf(one);
      return reason === null ? [] : [{ ...numbered(reason), index }];
    });
    if (refused.length > 0) throw step.fault('code.not_usable', { reasons: refused });
    const grants = found.flatMap(({ code, grant }) =>
      code === null ? [] : [{ id: code.id, to: grant.granteeAccountId }],
    );
    await grantAll(step, grants);
    const rows = new Map((await step.tx.codes.listByIds(grants.map(({ id }) => id))).map((row) => [row.id, row]));
    return {
      codes: await codeViewsOf(
        step,
        grants.flatMap(({ id }) => rows.get(id) ?? []),
      ),
    };
  },
);

/** In one order for everybody, so that two batches do not wait for each other. */
async function grantAll(
  step: Step<'code.wrong_state'>,
  grants: readonly { readonly id: string; readonly to: string }[],
): Promise<void> {
  for (const { id, to } of grants.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!(await step.tx.codes.grant(id, to, step.at))) throw step.fault('code.wrong_state');
    await recordAudit(step, 'CodeGranted', { kind: 'code', id }, { granteeAccountId: to });
  }
}

async function findGrants(step: Step, grants: readonly PartnerGrant[]): Promise<FoundGrant[]> {
  const account = ownAccount(step.actor);
  const found: FoundGrant[] = [];
  for (const grant of grants) {
    const { code = '', codeId } = grant;
    const row = codeId === undefined ? await findCodeByText(step, code) : await step.tx.codes.find(codeId);
    found.push({ grant, code: row?.issuerAccountId === account ? row : null });
  }
  return found;
}

/** @throws Fault `input.invalid`: one code twice, or granted to nobody there is. */
async function refusePlaces({ tx, fault }: Step, found: readonly FoundGrant[]): Promise<void> {
  const places: FaultPlace[] = [];
  const ids = found.map(({ code }) => code?.id);
  for (const [index, { grant, code }] of found.entries()) {
    const first = ids.indexOf(code?.id);
    if (code !== null && first < index) {
      places.push({
        path: `grants[${index}]`,
        expected: `a code that is not in grants[${first}] already`,
        expectedZh: `应为与 grants[${first}] 不同的授权码`,
      });
    }
    if ((await tx.accounts.find(grant.granteeAccountId)) === null) {
      places.push({ path: `grants[${index}].granteeAccountId`, ...unknownGrantee });
    }
  }
  if (places.length > 0) throw fault('input.invalid', { places });
}

function refusalOf({ code, grant }: FoundGrant): CodeReason | null {
  if (code === null) {
    const isMistyped = grant.code !== undefined && !parseCode(grant.code).ok;
    return isMistyped ? codeReasons.mistyped : codeReasons.unknown;
  }
  if (code.revokedAt !== null) return codeReasons.revoked;
  if (code.usedAt !== null) return codeReasons.used;
  return code.boundFilingId === null ? null : codeReasons.bound;
}
