import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation('listHelp', { may: 'public', sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('all articles in both languages, or those of a topic', async () => {
    const { client } = get().people.visitor;
    const { articles, groups, sources } = await client.listHelp({});
    expect(articles.length).toBeGreaterThan(5);
    for (const { title, body } of articles)
      for (const text of [title, body]) {
        expect(text.zh).not.toBe('');
        expect(text.en).not.toBe('');
      }
    // In groups, each of one piece, and every source that an article names is there with its title.
    expect([...new Set(articles.map(({ group }) => group))]).toEqual(groups.map(({ id }) => id));
    const labels = sources.map(({ label }) => label);
    expect(articles.flatMap(({ source }) => source).filter((label) => !labels.includes(label))).toEqual([]);
    expect(sources.filter(({ title }) => !/\p{Script=Han}/u.test(title.zh) || title.en === '')).toEqual([]);
    expect(sources.some(({ url }) => url !== null)).toBe(true);
    const topic = articles[0]?.topics[0] ?? '';
    const some = (await client.listHelp({ query: { topic } })).articles;
    expect(some).toEqual(articles.filter(({ topics }) => topics.includes(topic)));
    expect((await client.listHelp({ query: { topic: 'no-such-topic' } })).articles).toEqual([]);
    const search = async (question: string) => (await client.listHelp({ query: { search: question } })).articles[0]?.id;
    expect(await search('买来的二手域名')).toBe('second-hand-domain');
    expect(await search('second-hand domain')).toBe('second-hand-domain');
    expect(await search('的')).toBeUndefined();
    expect(await search('短信')).toBe('sms-verification');
  });
});
