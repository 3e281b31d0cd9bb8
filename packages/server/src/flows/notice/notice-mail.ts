import { sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';

/** Where an account's notices are mailed to; `enabled`: this deployment has a mail server. */
export interface NoticeMailView {
  readonly enabled: boolean;
  readonly addresses: readonly string[];
}

export async function readNoticeMail({ deps, tx }: Step, accountId: string): Promise<NoticeMailView> {
  const sealed = await tx.notices.findMail(accountId);
  return { enabled: deps.notifier.enabled, addresses: sealed === null ? [] : addressesIn(deps, accountId, sealed) };
}

export function sealAddresses(deps: FlowDeps, accountId: string, addresses: readonly string[]): string {
  return deps.vault.seal(JSON.stringify(addresses), sealingContexts.addresses(accountId));
}

export function addressesIn(deps: FlowDeps, accountId: string, sealed: string): readonly string[] {
  const addresses: unknown = JSON.parse(deps.vault.open(sealed, sealingContexts.addresses(accountId)));
  if (Array.isArray(addresses) && addresses.every((address) => typeof address === 'string')) return addresses;
  throw new Error(`the addresses of account ${accountId} are no list of texts`);
}
