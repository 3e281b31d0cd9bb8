import type { CodeTables } from '@openbeian/model/code-tables';
import { createManualAuthority } from '../authority/manual/manual-authority.ts';
import { createPlainAuthority } from '../authority/plain/plain-authority.ts';
import type { Authority, Clock, Ids, Store, Vault } from '../ports/index.ts';
import type { Config } from './config.ts';

/** What lines to authorities are made of besides their configuration. */
export interface LineParts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly ids: Ids;
  readonly codeTables: CodeTables;
}

/** The way to the authority that is configured. What each needs is there: the configuration is refused otherwise. */
export async function openAuthority(config: Config, parts: LineParts): Promise<Authority> {
  const { adapter, url, secret, timeoutMs } = config.authority;
  if (adapter === 'manual') return createManualAuthority(() => parts.clock.now());
  if (adapter === 'plain') return createPlainAuthority({ url: url ?? '', secret: secret ?? '', timeoutMs });
  // The codec of interface V3.0 is loaded by those who speak it.
  const { openLines } = await import('./open-lines.ts');
  return openLines(config, parts);
}
