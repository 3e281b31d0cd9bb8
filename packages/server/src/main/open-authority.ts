import { createManualAuthority } from '../authority/manual/manual-authority.ts';
import { createPlainAuthority } from '../authority/plain/plain-authority.ts';
import type { Authority } from '../ports/index.ts';
import type { Config } from './config.ts';
import type { LineParts } from './line-parts.ts';

/** The way to the authority that is configured. What each needs is there: the configuration is refused otherwise. */
export async function openAuthority(config: Config, parts: LineParts): Promise<Authority> {
  const { adapter, url, secret, timeoutMs } = config.authority;
  if (adapter === 'manual') return createManualAuthority(() => parts.clock.now());
  if (adapter === 'plain') return createPlainAuthority({ url: url ?? '', secret: secret ?? '', timeoutMs });
  // The codec of interface V3.0 is loaded by those who speak it.
  const { openLines } = await import('./open-lines.ts');
  return openLines(config, parts);
}
