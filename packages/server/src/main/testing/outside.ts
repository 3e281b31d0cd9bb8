import type { LookUp, LookUpAnswer } from '../../ports/index.ts';
import type { RuleWorld } from './rule-world.ts';

export const validHours = { registration: 24, dns: 6, home_page: 6 };

/** Somebody outside who says that of every domain, and counts who asks. */
export function outside(world: RuleWorld, says: () => Partial<LookUpAnswer> = () => ({})) {
  const asked: string[] = [];
  const port: LookUp = {
    name: 'registration',
    ask: async ({ domainName }) => {
      asked.push(domainName);
      const said = { zh: '持有者与主办者不一致', en: 'the registrant differs' };
      const facts = { 'domain.isRegistered': true, 'domain.holder': 'other', 'domain.daysLeft': 400 } as const;
      const askedAt = new Date(world.clock.nowMs).toISOString();
      return { name: 'registration', state: 'answered', askedAt, source: 'test', facts, said, ...says() };
    },
  };
  Object.assign(world.deps, { lookUps: { ports: [port], attempts: 3, validHours } });
  return asked;
}

/** A filing under review. */
export async function submitted(world: RuleWorld) {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  return world.submit(await world.bind(await world.draft(account), { resourceId }));
}
