import { fictionalCompany } from '@openbeian/model/fictional';
import { afterEach, expect, test } from 'vitest';
import { interfaceWorlds } from '../testing/interface-world.ts';

const { startWithRecord, stopAll } = interfaceWorlds();
afterEach(stopAll);

async function books() {
  const { controls } = await startWithRecord();
  const { subjects, services } = await controls.getState();
  const [subject, service] = [subjects[0]?.number ?? '', services[0]?.number ?? ''];
  return { controls, subject, service };
}
const company = fictionalCompany(90);
const entered = {
  alter: 'entered',
  name: company.name,
  kind: 'enterprise',
  certificateType: 'business_licence',
  certificateNumber: company.creditCode,
  siteName: '测试网站',
  domainName: 'entered.cn',
  provider: 'other',
  line: { unit: 77, province: '440000' },
};

test('books are not altered under what is no number of the kind, and the place is named', async () => {
  const { controls, subject, service } = await books();
  const before = await controls.getState();
  const wrong: readonly (readonly [path: string, change: Readonly<Record<string, unknown>>])[] = [
    ['number', { ...entered, number: 'no number' }],
    ['number', { ...entered, number: service }],
    ['to', { alter: 'renumbered', number: service, to: 'no number' }],
    ['to', { alter: 'renumbered', number: service, to: subject }],
    ['to', { alter: 'renumbered', number: service, to: service }],
    ['number', { alter: 'holder', number: service, name: '另一名称' }],
    ['number', { alter: 'site', number: subject, name: '另一网站' }],
    ['number', { alter: 'removed', number: '粤ICP备2026999999号' }],
  ];
  for (const [path, change] of wrong) {
    await expect(controls.alterBooks(change)).rejects.toThrow(`"malformed: ${path}"`);
  }
  expect(await controls.getState()).toEqual(before);
});

test('a service that is renumbered, and one that is entered, belong to the organiser of their numbers', async () => {
  const { controls, service } = await books();
  await controls.alterBooks({ alter: 'renumbered', number: service, to: '粤ICP备2026900001号-3A' });
  await controls.alterBooks({ ...entered, number: '粤ICP备2026900002号-1' });
  const { subjects, services } = await controls.getState();
  expect(services.map(({ number }) => number)).toEqual(['粤ICP备2026900001号-3A', '粤ICP备2026900002号-1']);
  expect(subjects.map(({ number }) => number)).toEqual(
    expect.arrayContaining(['粤ICP备2026900001号', '粤ICP备2026900002号']),
  );
});
