import { createHmac, timingSafeEqual } from 'node:crypto';
import { sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';

const stepMs = 30_000;
const digits = 6;
export const secretBytes = 20;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, without padding. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** The code of a step: RFC 6238 with SHA-1, 6 digits, 30 s, as all authenticator apps know it. */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** Which step this is the code of: the present one, or one beside it for clocks that differ; null for none. */
export function stepOfCode(secret: Uint8Array, code: string, nowMs: number): number | null {
  // Six characters can be more than six bytes, which nothing of ours can be compared with.
  if (!/^[0-9]{6}$/.test(code)) return null;
  const now = Math.floor(nowMs / stepMs);
  const given = Buffer.from(code);
  let found: number | null = null;
  for (const step of [now - 1, now, now + 1]) {
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), given)) found = step;
  }
  return found;
}

export const sealTotp = (deps: FlowDeps, userId: string, secret: Uint8Array): string =>
  deps.vault.seal(Buffer.from(secret).toString('base64'), sealingContexts.totp(userId));

export const openTotp = (deps: FlowDeps, userId: string, sealed: string): Uint8Array =>
  Buffer.from(deps.vault.open(sealed, sealingContexts.totp(userId)), 'base64');
