import { type OpeningKind, openingKinds } from '@openbeian/model/filing';
import { queryInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { inTransaction, type Step } from '../command/step.ts';
import { termsOf } from './begin-filing.ts';
import {
  conflictsOf,
  findSubjectHash,
  miniProgramReason,
  recordsHere,
  routesOf,
  statusElsewhere,
} from './known-facts.ts';
import { registrableName } from './registrable-name.ts';
import { refuseCertificate } from './start-filing.ts';
import type { StartFilingInput } from './start-filing-input.ts';
import { normalCertificateNumber } from './subject-text.ts';

/**
 * Which filing a start would lead to, and what does not fit together, without starting any. It tells an account no more than
 * `startFiling` does. `input.invalid` when the name or certificate is malformed.
 */
export const findFilingRoute = queryInParts(
  { id: 'findFilingRoute', faults: ['authority.unreachable'] },
  async (request, given: StartFilingInput) => {
    const accountId = ownAccount(request.actor);
    if (given.serviceKind === 'mini_program') return miniProgramRoute(miniProgramReason(request.deps));
    const input = {
      ...given,
      domainName: registrableName(given.domainName),
      certificateNumber: normalCertificateNumber(given.certificateNumber),
    };
    refuseCertificate(request, input);
    const elsewhere = await statusElsewhere({ authority: request.deps.authority, at: request.at }, input);
    return inTransaction(request, async (step) => {
      const subjectHash = await findSubjectHash(step, input);
      const known = { ...elsewhere, ...(await recordsHere(step, { accountId, subjectHash, ...input })) };
      const asked = { ...input, domainName: given.domainName, accountId };
      const { told, isShown } = routesOf(step, asked, known);
      const kind = openingKinds.find((one) => one === told.filing) ?? null;
      const open = kind === null ? null : await findInTheWay(step, { ...input, accountId, subjectHash, kind });
      const conflicts = conflictsOf(step, asked, { ...known, openInTheWay: open !== null }, isShown);
      const filingId = (code: string) => (code === 'conflict.filing_open' ? (open?.id ?? null) : null);
      return {
        route: told,
        startable: kind,
        conflicts: conflicts.map((one) => ({ ...one, filingId: filingId(one.code) })),
      };
    });
  },
);

/** The account's own filing that a start would be refused for. */
const findInTheWay = (
  { tx, deps }: Step,
  { kind, ...whose }: { accountId: string; domainName: string; subjectHash: string; kind: OpeningKind },
) => tx.filings.findInTheWay(whose, termsOf(deps, kind));

/** It is filed at its platform, so there is nothing to start here. */
const miniProgramRoute = (reason: ReturnType<typeof miniProgramReason>) => ({
  route: { need: 'not_required', filing: 'none', accessible: 'now', reasons: [reason], steps: [] } as const,
  startable: null,
  conflicts: [],
});
