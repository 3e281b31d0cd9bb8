import { normaliseHost } from '../../domain-name/index.ts';

/** The port written behind a domain, such as `example.cn:8443`; null where none is. */
export function portIn(domain: string): number | null {
  const written = normaliseHost(domain).kind === 'name' ? /:(\d{1,5})[ \t]*$/.exec(domain)?.[1] : undefined;
  return written === undefined ? null : Number(written);
}
