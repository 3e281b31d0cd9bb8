import { setTimeout as pause } from 'node:timers/promises';
import { type Filing, passReviewed } from '../lifecycle/organisers.ts';
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
 * for operators with the same place, and nothing of it is sent. @returns it as it waits for an operator
 */
export async function holdUncarried({ world, differ }: HoldMeans, submitted: Filing, field: string): Promise<Filing> {
  const params = { filingId: submitted.id };
  const { notCarried } = await world.reviewer.getReview({ params });
  const said = notCarried.filter(({ blocks }) => blocks).map((one) => one.field);
  if (!said.includes(field))
    differ(`${submitted.kind} ${submitted.id}: its reviewer is told of ${said.join()}, not of ${field}`);
  await passReviewed(world, submitted);
  const held = await untilHeld(world, submitted.id);
  if (held.retryAt !== null) differ(`${submitted.kind} ${submitted.id} is tried again, which changes nothing`);
  if (!held.lastError.includes(field)) differ(`${submitted.kind} ${submitted.id} is held because of ${held.lastError}`);
  return (await world.operator.getFiling({ params })).filing;
}

/** An operator recalls one that is held. */
export function recall({ operator }: LineWorld, { id, version }: Filing): Promise<Filing> {
  const comment = '接口 V3.0 不能报送，请改用管局网页';
  return operator.recallFiling({ params: { filingId: id }, body: { version, comment } });
}

/** An operator takes one that is held out of the line and enters it in the authority's own pages, which give it this number. */
export async function enterByHand({ operator }: LineWorld, { id, version }: Filing, number: string): Promise<Filing> {
  const params = { filingId: id };
  const taken = await operator.takeOverByHand({ params, body: { version } });
  const confirmed = await operator.enterAuthorityResult({
    params,
    body: { version: taken.version, result: { kind: 'sms_confirmed' } },
  });
  const result = { kind: 'approved', subjectNumber: number.replace(/-\d+A?$/, ''), serviceNumber: number } as const;
  return operator.enterAuthorityResult({ params, body: { version: confirmed.version, result } });
}

/** What operators see of it. */
async function untilHeld({ operator }: LineWorld, filingId: string) {
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs; ) {
    const { failures } = await operator.listWorkFailures({ query: {} });
    const found = failures.find((one) => one.filingId === filingId);
    if (found !== undefined) return found;
    await pause(lookEveryMs);
  }
  throw new Error(`${filingId} cannot be sent, and no operator is told`);
}
