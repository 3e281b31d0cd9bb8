import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Does the request carry one of these tokens? */
export function bearsToken(request: Pick<IncomingMessage, 'headers'>, tokens: readonly string[]): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (given === undefined) return false;
  // Hashes are of one length, and comparing them takes the same time for every token.
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return tokens.filter((token) => timingSafeEqual(hash(token), hash(given))).length > 0;
}
