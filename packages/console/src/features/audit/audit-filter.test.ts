import { expect, test } from 'vitest';
import { auditFilterOf, auditQueryOf, changedParams } from './audit-filter.ts';

const filterOf = (query: string) => auditFilterOf(new URLSearchParams(query));

test('the address asks for who, what, which object and which days', () => {
  const filter = filterOf('actor=usr_1&action=SignedIn&object=fil_1&from=2026-11-01&to=2026-11-30');
  expect(auditQueryOf(filter)).toEqual({
    actorId: 'usr_1',
    action: 'SignedIn',
    objectId: 'fil_1',
    from: '2026-11-01',
    to: '2026-11-30',
  });
});

test('what the API would refuse is not asked for', () => {
  expect(auditQueryOf(filterOf('action=Nothing&from=yesterday&to=2026-02-30&actor=%20'))).toEqual({});
});

test('one part changes, the others stay; an emptied one goes', () => {
  const filter = filterOf('actor=usr_1&from=2026-11-01');
  expect(changedParams(filter, { action: 'SignedIn' })).toEqual({
    actor: 'usr_1',
    from: '2026-11-01',
    action: 'SignedIn',
  });
  expect(changedParams(filter, { actor: null, from: '' })).toEqual({});
});
