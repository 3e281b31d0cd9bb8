import { openingKinds } from '@openbeian/model/filing';
import { queryInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { inTransaction } from '../command/step.ts';
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
      return { route: told, startable: kind, conflicts: conflictsOf(step, asked, known, isShown) };
    });
  },
);

/** It is filed at its platform, so there is nothing to start here. */
const miniProgramRoute = (reason: ReturnType<typeof miniProgramReason>) => ({
  route: { need: 'not_required', filing: 'none', accessible: 'now', reasons: [reason], steps: [] } as const,
  startable: null,
  conflicts: [],
});
