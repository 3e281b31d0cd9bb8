import { expect, test } from 'vitest';
import { nextOf, queueFilterOf, queueParams, queueQueryOf } from './queue-filter.ts';

test('the address and the filter say the same, without what is usual', () => {
  const address =
    'claim=mine&province=440000&kind=access&nature=enterprise&holder=usr_1&overdue=true&look=second&search=a.cn&order=age';
  const filter = queueFilterOf(new URLSearchParams(address));
  expect(new URLSearchParams(queueParams(filter)).toString()).toBe(address);
  expect(queueParams(queueFilterOf(new URLSearchParams()))).toEqual({});
  expect(queueParams(filter, { province: null, overdue: false, claim: 'all' })).toEqual({
    kind: 'access',
    nature: 'enterprise',
    holder: 'usr_1',
    look: 'second',
    search: 'a.cn',
    order: 'age',
  });
});

test('what the address does not know is ignored', () => {
  const filter = queueFilterOf(new URLSearchParams('claim=x&province=gd&kind=move&look=third&order=name'));
  expect(queueParams(filter)).toEqual({});
});

test('the list is asked by all of it, the next one by what the filing is', () => {
  const filter = queueFilterOf(new URLSearchParams('claim=mine&province=440000&overdue=true&look=first&order=age'));
  expect(queueQueryOf(filter)).toEqual({
    claim: 'mine',
    provinceCode: '440000',
    overdue: 'true',
    secondLook: 'false',
    order: 'age',
  });
  expect(nextOf(filter)).toEqual({ provinceCode: '440000', overdue: true, secondLook: false });
});
