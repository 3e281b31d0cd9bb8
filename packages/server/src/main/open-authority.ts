import type { CodeTables } from '@openbeian/model/code-tables';
import { createManualAuthority } from '../authority/manual/manual-authority.ts';
import { createPlainAuthority } from '../authority/plain/plain-authority.ts';
import type { Authority, AuthorityDesk } from '../ports/index.ts';
import type { Config } from './config.ts';
import type { LineParts } from './line-parts.ts';

/** The way to the authority, with what comes over it besides verdicts. */
export interface OpenedAuthority {
  readonly authority: Authority;
  readonly desk: AuthorityDesk | null;
  /** As of now: those of the release, under what that province sent. */
  readonly codeTablesOf: (provinceCode: string) => CodeTables;
  close(): void;
}

/** The way to the authority that is configured. What each needs is there: the configuration is refused otherwise. */
export async function openAuthority(config: Config, parts: LineParts): Promise<OpenedAuthority> {
  const { adapter, url, secret, timeoutMs } = config.authority;
  const without = { desk: null, codeTablesOf: () => parts.codeTables, close: () => {} };
  if (adapter === 'manual') return { authority: createManualAuthority(() => parts.clock.now()), ...without };
  if (adapter === 'plain') {
    return { authority: createPlainAuthority({ url: url ?? '', secret: secret ?? '', timeoutMs }), ...without };
  }
  // The codec of interface V3.0 is loaded by those who speak it.
  const { openLines } = await import('./open-lines.ts');
  return openLines(config, parts);
}
