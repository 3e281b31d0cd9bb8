import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'explainHost',
  { may: 'public', sample: () => ({ query: { host: 'www.example.cn' } }), leaves: 'nothing' },
  (get) => {
    test('says for any host under a filed domain, and for others, what the gate does and why', async () => {
      const world = get();
      const owner = await world.customer();
      const { domainName } = await world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
      const explain = async (host: string) => {
        const told = await world.people.visitor.client.explainHost({ query: { host } });
        expect(told.message.zh).not.toBe('');
        return [told.outcome, told.filingDomain];
      };
      expect(await explain(`www.${domainName}`)).toEqual(['allow', domainName]);
      expect((await explain('never-filed.cn'))[0]).toBe('block');
      // An address is no domain: what is behind it is the provider's own.
      expect(await explain('203.0.113.9')).toEqual(['allow', null]);
    });

    test.each([
      ['never-filed.cn', ['reason:unfiled']],
      ['somebody.github.io', ['reason:route.platform_name', 'reason:unfiled']],
      ['nas.local', ['reason:route.internal_name', 'reason:unfiled']],
      ['a name', ['reason:malformed_host']],
    ])('%s: what the help says of it', async (host, topics) => {
      const told = await get().people.visitor.client.explainHost({ query: { host } });
      expect(told.topics).toEqual(topics);
    });
  },
);
