import { setTimeout as pause } from 'node:timers/promises';
import { type Filing, passReviewed } from '../lifecycle/organisers.ts';
import { insistAnew } from './insist.ts';
import type { LineWorld } from './line-world.ts';

/** Filings that interface V3.0 does not carry: their jobs wait for an operator. */
export interface Hold {
  readonly expected: Set<string>;
}

interface HoldMeans {
  readonly world: LineWorld;
  readonly differ: (line: string) => void;
}

const lookEveryMs = 500;
const patienceMs = 300_000;

/**
 * A filing that was submitted and that the interface does not carry: its reviewer is told where, before it is passed; it is held and listed
 * for operators with the same place, and nothing of it is sent.
 */
export async function holdUncarried({ world, differ }: HoldMeans, submitted: Filing, field: string): Promise<void> {
  const params = { filingId: submitted.id };
  const { notCarried } = await world.reviewer.getReview({ params });
  const said = notCarried.filter(({ blocks }) => blocks).map((one) => one.field);
  if (!said.includes(field))
    differ(`${submitted.kind} ${submitted.id}: its reviewer is told of ${said.join()}, not of ${field}`);
  await passReviewed(world, submitted);
  const held = await untilHeld(world, submitted.id);
  if (held.retryAt !== null) differ(`${submitted.kind} ${submitted.id} is tried again, which changes nothing`);
  if (!held.lastError.includes(field)) differ(`${submitted.kind} ${submitted.id} is held because of ${held.lastError}`);
}

/** An operator recalls one that is held. */
export function recall({ operator }: LineWorld, { id }: Filing): Promise<Filing> {
  const params = { filingId: id };
  const comment = '接口 V3.0 不能报送，请改用管局网页';
  return insistAnew(async () => {
    const { version } = (await operator.getFiling({ params })).filing;
    return operator.recallFiling({ params, body: { version, comment } });
  });
}

/** An operator takes one that is held out of the line and enters it in the authority's own pages, which give it this number. */
export async function enterByHand({ operator }: LineWorld, { id }: Filing, number: string): Promise<Filing> {
  const params = { filingId: id };
  const taken = await insistAnew(async () => {
    const { version } = (await operator.getFiling({ params })).filing;
    return operator.takeOverByHand({ params, body: { version } });
  });
  const confirmed = await operator.enterAuthorityResult({
    params,
    body: { version: taken.version, result: { kind: 'sms_confirmed' } },
  });
  const result = { kind: 'approved', subjectNumber: number.replace(/-\d+A?$/, ''), serviceNumber: number } as const;
  return operator.enterAuthorityResult({ params, body: { version: confirmed.version, result } });
}

/** What operators see of it, once its job waits for one. */
async function untilHeld({ operator, rows }: LineWorld, filingId: string) {
  const parked = `SELECT FROM job WHERE parked AND payload ->> 'filingId' = $1`;
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs; await pause(lookEveryMs)) {
    if ((await rows(parked, [filingId])).length === 0) continue;
    const { failures } = await operator.listWorkFailures({ query: {} });
    const found = failures.find((one) => one.filingId === filingId);
    if (found !== undefined) return found;
  }
  throw new Error(`${filingId} cannot be sent, and no operator is told`);
}
