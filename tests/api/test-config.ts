import { parseConfig } from '../../packages/server/src/main/config.ts';

const many = { limit: 100_000_000 };

/** What machines prove themselves with in these tests. */
export const tokens = { gate: 'a-token-of-a-gate', portal: 'a-token-of-the-portal' };

/** A server of which nobody uses up an allowance. @param limits of sign-ins may be the usual ones */
export const unlimitedConfig = ({ signIns }: { readonly signIns: 'usual' | 'unlimited' }) =>
  parseConfig({
    provider: 'xingyun',
    name: { zh: '测试', en: 'Test' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused-in-these-tests' },
    gate: { tokens: [tokens.gate] },
    signIn: { portalTokens: [tokens.portal] },
    http: {
      port: 0,
      limits: {
        ...(signIns === 'unlimited' && {
          signInPerLogin: many,
          signInPerLoginAndAddress: many,
          signInPerAddress: many,
        }),
        verifyCodePerAccount: many,
        heldByOthersPerAccount: many,
        requestsPerApiKey: many,
        costPerAccount: many,
        costPerAddress: many,
        lookupsPerAccount: many,
      },
    },
    webhooks: { perAccount: 1000 },
    drafts: { perAccount: 1000 },
  });
