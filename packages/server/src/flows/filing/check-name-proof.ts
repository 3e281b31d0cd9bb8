import { openFilingStates } from '@openbeian/model/filing';
import type { FilingRow, NameProofRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { recordFilingEvent } from '../command/events.ts';
import { onceForKeyAsking } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { tellOfFiling } from '../notice/tell-of-filing.ts';
import { changeFiling } from './filing-step.ts';
import { filingViewOf } from './filing-view.ts';
import { openValues, textIn } from './form-values.ts';
import { hostOfProof, nameProofViewOf, provenSince, textOfProof, tokenOf } from './name-proof.ts';

type Faults =
  | 'object.not_found'
  | 'object.changed'
  | 'filing.wrong_state'
  | 'name.not_proven'
  | 'name.lookup_failed'
  | 'idempotency.in_progress';

interface Looked {
  readonly filing: FilingRow;
  readonly proof: NameProofRow | null;
}

const msPerDay = 86_400_000;

/**
 * Looks whether the name is the account's: its DNS carries the account's token, or the registrar knows the certificate as the
 * holder's. If so, the filing holds its name from now on, unless another account's does that was submitted or that an operator gave it
 * to. A draft that holds it by an earlier proof no longer does: the name has changed hands since.
 */
export const checkNameProof = commandInParts(
  {
    id: 'checkNameProof',
    faults: [
      'object.not_found',
      'object.changed',
      'filing.wrong_state',
      'name.not_proven',
      'name.lookup_failed',
      'idempotency.in_progress',
    ],
  },
  (request, input: { readonly filingId: string }) => {
    ownAccount(request.actor);
    let looked: Looked | undefined;
    return onceForKeyAsking(request, input, {
      before: async (step) => {
        looked = await readProof(step, input.filingId);
      },
      // Nothing is asked before `before` has ended.
      ask: () => (looked === undefined ? Promise.resolve(null) : howProven(request.deps, looked, request.at)),
      work: async (step, method) => {
        if (looked === undefined || method === null) throw step.fault('name.not_proven');
        return prove(step, looked, method);
      },
    });
  },
);

async function readProof(step: Step<Faults>, filingId: string): Promise<Looked> {
  const filing = requireVisible(step, await step.tx.filings.find(filingId), (one) => [one.accountId]);
  if (!openFilingStates.includes(filing.state)) throw step.fault('filing.wrong_state');
  return { filing, proof: await step.tx.nameProofs.find(filing.accountId, filing.domainName) };
}

async function howProven(deps: FlowDeps, { filing, proof }: Looked, at: string): Promise<NameProofRow['method']> {
  const { domainName } = filing;
  const values = openValues(deps, filing.id, filing.form);
  const isHolder = await deps.registrar.isHolder({
    domainName,
    certificateType: textIn(values, 'subject.certificateType'),
    certificateNumber: textIn(values, 'subject.certificateNumber'),
  });
  if (isHolder === true) return 'registrar';
  const token = tokenOf(proof, at);
  if (token === null) return null;
  const texts = await deps.nameDirectory.findTexts(hostOfProof(domainName));
  return texts.some((text) => text.trim() === textOfProof(token)) ? 'dns_txt' : null;
}

async function prove(
  step: Step<Faults>,
  { filing: { id, accountId, domainName }, proof }: Looked,
  method: 'dns_txt' | 'registrar',
) {
  const { deps, tx, actor, at } = step;
  const until = new Date(Date.parse(at) + deps.nameProof.validDays * msPerDay).toISOString();
  const token = proof?.token ?? null;
  if (!(await tx.nameProofs.prove({ accountId, domainName, token, method, at, until })))
    throw step.fault('object.changed');
  const found = await tx.filings.findForUpdate(id);
  if (found === null || !openFilingStates.includes(found.state)) throw step.fault('filing.wrong_state');
  await replaceProofOf(step, found);
  const filing = await changeFiling(step, found, { nameProvenAt: await provenSince(step, found) });
  await recordFilingEvent(step, id, 'NameProven', { method });
  await recordAudit(step, 'NameProven', { kind: 'filing', id }, { domainName, method });
  return {
    filing: filingViewOf(deps, filing, actor),
    nameProof: nameProofViewOf(await tx.nameProofs.find(accountId, domainName), domainName, at),
  };
}

/** Of two accounts that have proven a name, the later one owns it now. What is under review goes on; that can be contested. */
async function replaceProofOf(step: Step<'object.changed'>, filing: FilingRow): Promise<void> {
  const { tx } = step;
  const rival = await tx.filings.findRival(filing);
  if (rival === null || rival.domainName !== filing.domainName || rival.state !== 'draft') return;
  // Without a proof of its account, an operator has given it the name.
  const proof = await tx.nameProofs.find(rival.accountId, rival.domainName);
  if (proof === null || proof.provenAt === null) return;
  await tx.nameProofs.revoke(rival.accountId, rival.domainName);
  const unproven = await changeFiling(step, rival, { nameProvenAt: null });
  await recordFilingEvent(step, rival.id, 'NameProofReplaced', {});
  await tellOfFiling(step, unproven, 'NameProofReplaced');
}
