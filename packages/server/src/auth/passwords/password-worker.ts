import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** `stored` is null where a password is hashed to be kept. */
export interface ToHasher {
  readonly password: string;
  readonly stored: string | null;
}
export type FromHasher = { readonly hash: string } | { readonly matches: boolean };

/** As better-auth stores passwords: `<salt>:<key>` in hexadecimal, the salt hashed as that text. */
const cost = { N: 16_384, r: 16, p: 1, maxmem: 128 * 16_384 * 16 * 2 };
const keyBytes = 64;

const port = parentPort;
port?.on('message', ({ password, stored }: ToHasher) => port.postMessage(answerTo(password, stored), []));

// Synchronous: this thread does nothing else, and the pool of threads that files and look-ups share stays free.
const keyOf = (password: string, salt: string): Buffer => scryptSync(password.normalize('NFKC'), salt, keyBytes, cost);

function answerTo(password: string, stored: string | null): FromHasher {
  if (stored === null) {
    const salt = randomBytes(16).toString('hex');
    return { hash: `${salt}:${keyOf(password, salt).toString('hex')}` };
  }
  const [salt = '', key = ''] = stored.split(':');
  const expected = Buffer.from(key, 'hex');
  const found = keyOf(password, salt);
  return { matches: expected.length === found.length && timingSafeEqual(expected, found) };
}
