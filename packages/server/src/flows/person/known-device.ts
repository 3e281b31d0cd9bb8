import { timingSafeEqual } from 'node:crypto';
import type { FlowDeps } from '../command/deps.ts';

const lifeMs = 180 * 86_400_000;
/** People whom one browser remembers. */
const mostPeople = 5;

const marked = (userId: string, id: string, until: string): string => `device\n${userId}\n${id}\n${until}`;

/**
 * A note for a browser in which somebody signed in: `user~id~until~mac`, several joined by `!`. It signs nobody in; it only
 * lets others' failures not slow this person down.
 */
export function rememberDevice(deps: FlowDeps, userId: string, former: string | null): string {
  const id = Buffer.from(deps.ids.randomBytes(12)).toString('base64url');
  const until = String(Date.parse(deps.people.wall.now()) + lifeMs);
  const note = [userId, id, until, deps.vault.hash(marked(userId, id, until), 'request')].join('~');
  const others = (former ?? '').split('!').filter((one) => one !== '' && !one.startsWith(`${userId}~`));
  return [note, ...others].slice(0, mostPeople).join('!');
}

/** Somebody who signed in before in the browser with these notes; null where there is no valid one. */
export function whoseBrowser(deps: FlowDeps, notes: string | null): string | null {
  const owners = (notes ?? '').slice(0, 4000).split('!').slice(0, mostPeople);
  for (const note of owners) {
    const [owner = ''] = note.split('~');
    if (owner !== '' && knownDevice(deps, owner, note) !== null) return owner;
  }
  return null;
}

/** The id in this browser's cookie for that person; null when it is missing, forged or expired. */
export function knownDevice(deps: FlowDeps, userId: string, notes: string | null): string | null {
  for (const note of (notes ?? '').slice(0, 4000).split('!')) {
    const [owner, id = '', until = '', mac = ''] = note.split('~');
    if (owner !== userId || !(Number(until) > Date.parse(deps.people.wall.now()))) continue;
    const macs = deps.vault.hashes(marked(userId, id, until), 'request');
    if (macs.some((right) => isSame(right, mac))) return id;
  }
  return null;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
