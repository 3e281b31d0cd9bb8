import { beforeAll, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { knownDevice, rememberDevice, whoseBrowser } from './known-device.ts';

let world: OperationWorld;
beforeAll(async () => {
  world = await openOperations();
});

test('a browser is known by the people who signed in there, the newest first, five at most, for 180 days', () => {
  const { deps } = world;
  let notes: string | null = null;
  for (const one of ['a', 'b', 'c', 'd', 'e', 'f', 'b']) notes = rememberDevice(deps, `usr_${one}`, notes);
  const known = ['a', 'b', 'c', 'd', 'e', 'f'].filter((one) => knownDevice(deps, `usr_${one}`, notes) !== null);
  expect(known).toEqual(['b', 'c', 'd', 'e', 'f']);
  expect(whoseBrowser(deps, notes)).toBe('usr_b');
  const later = {
    ...deps,
    people: { ...deps.people, wall: { now: () => new Date(Date.now() + 181 * 86_400_000).toISOString() } },
  };
  expect([knownDevice(later, 'usr_b', notes), whoseBrowser(later, notes)]).toEqual([null, null]);
});

test('a forged note, or one that was made for somebody else, makes nobody known', () => {
  const { deps } = world;
  const note = rememberDevice(deps, 'usr_a', null);
  for (const forged of [note.replace('usr_a', 'usr_b'), note.slice(0, -2), '', '~~~', null, '!'.repeat(5000)]) {
    expect([whoseBrowser(deps, forged), knownDevice(deps, 'usr_b', forged)]).toEqual([null, null]);
  }
});
