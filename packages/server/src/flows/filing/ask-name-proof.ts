import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import { type NameProofView, nameProofViewOf, tokenOf } from './name-proof.ts';

const tokenBytes = 20;
const msPerDay = 86_400_000;

/**
 * Gives the account what to publish in the DNS of a filing's name to show that it is its own. The same until it expires or has
 * proven the name, so that asking twice makes no published record wrong.
 */
export const askNameProof = command(
  { id: 'askNameProof', faults: ['object.not_found'] },
  async (step, { filingId }: { readonly filingId: string }): Promise<NameProofView> => {
    const { deps, tx, actor, at } = step;
    ownAccount(actor);
    const { accountId, domainName } = requireVisible(step, await tx.filings.find(filingId), (one) => [one.accountId]);
    // Two that ask at once get the same.
    await tx.accounts.lock(accountId);
    const known = await tx.nameProofs.find(accountId, domainName);
    if (tokenOf(known, at) === null) {
      const token = Buffer.from(deps.ids.randomBytes(tokenBytes)).toString('base64url');
      const until = new Date(Date.parse(at) + deps.nameProof.tokenDays * msPerDay).toISOString();
      await tx.nameProofs.putToken({ accountId, domainName, token, until });
      await recordAudit(step, 'NameProofAsked', { kind: 'filing', id: filingId }, { domainName });
    }
    return nameProofViewOf(await tx.nameProofs.find(accountId, domainName), domainName, at);
  },
);
