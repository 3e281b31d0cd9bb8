import { Writable } from 'node:stream';
import type { Flows } from '../flow-table.ts';
import { createLogger } from '../log.ts';
import type { AllowanceLeases, HttpNeeds, Session } from '../needs.ts';

const limits = {
  verifyCodePerAccount: { limit: 3, windowSeconds: 600 },
  heldByOthersPerAccount: { limit: 3, windowSeconds: 600 },
  requestsPerApiKey: { limit: 5, windowSeconds: 60 },
  costPerAccount: { limit: 1000, windowSeconds: 60 },
  costPerAddress: { limit: 1000, windowSeconds: 60 },
  lookupsPerAccount: { limit: 3, windowSeconds: 3600 },
} satisfies HttpNeeds['settings']['limits'];

const deployment: HttpNeeds['deployment'] = {
  name: { zh: '星云云计算', en: 'Xingyun' },
  provider: 'xingyun',
  sample: false,
  sampleLogins: [],
  sampleApiKey: null,
  authorityPages: null,
  singleSignOn: null,
  customerSignOn: null,
  passwordReset: false,
  authorityByHand: false,
  publicQueryUrl: '/query/web',
  remedyLinks: {},
  policeFiling: null,
  look: {
    title: { zh: 'OpenBeian', en: 'OpenBeian' },
    logo: null,
    links: [],
    terms: null,
    privacy: null,
    support: null,
  },
};

/** For tests of this room: needs whose flows are the given ones only, and one session per cookie value `s=<role>`. */
export function needsWith(flows: Partial<Flows>, others: Partial<HttpNeeds> = {}) {
  const logged: string[] = [];
  const sink = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const needs: HttpNeeds = {
    flows: flows as Flows,
    sessions: {
      cookiesOf: async (token) => [`s=${token}; HttpOnly`],
      find: async (headers) => {
        const role = /s=(\w+)/.exec(headers.get('cookie') ?? '')?.[1];
        return role ? { session: sessionOf(role), sessionId: `ses_${role}` } : null;
      },
      knownBy: (notes) => /^known-(\w+)$/.exec(notes ?? '')?.[1] ?? null,
      signOut: async () => ({ setCookies: ['s=; Max-Age=0'] }),
    },
    positions: null,
    limiter: countingLimiter(),
    leases: countingLeases(),
    transactionsEnded: () => null,
    findObstacle: async () => null,
    counts: async () => ({ jobs: [], filings: [], failures: { total: 0, parked: 0 } }),
    now: () => '2026-11-21T01:30:00.000Z',
    deployment,
    gateTokens: ['gate-token'],
    portalTokens: ['portal-token-of-the-test'],
    signGateAnswer: null,
    look: null,
    consoleFolder: null,
    logger: createLogger('info', sink),
    settings: {
      publicUrl: null,
      otherHosts: ['beian.example', 'other.example'],
      hstsIncludeSubDomains: false,
      trustProxy: false,
      bodyLimitBytes: 2000,
      metricsToken: null,
      metricsOpen: true,
      connectionsPerAddress: 100,
      timeouts: { headersMs: 10_000, requestMs: 60_000, idleMs: 10_000, stalledMs: 90_000 },
      limits,
    },
    ...others,
  };
  return { needs, logged };
}

function sessionOf(word: string): Session {
  const role = word === 'support' ? 'customer' : word;
  const accountId = role === 'customer' ? 'acct-a' : null;
  return {
    userId: `user-${word}`,
    login: word,
    displayName: word,
    role: role as Session['role'],
    accountId,
    right: word === 'customer' ? 'owner' : null,
    secondFactorDue: false,
    support: word === 'support' ? { accessId: 'sup_1', accountId: 'acct-a', until: '2026-11-21T02:00:00.000Z' } : null,
  };
}

function countingLimiter(): HttpNeeds['limiter'] {
  const counts = new Map<string, number>();
  return {
    attempt: async (key, { limit, windowSeconds }) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count > limit ? windowSeconds : 0;
    },
    forgive: async (key) => {
      counts.set(key, (counts.get(key) ?? 0) - 1);
    },
  };
}

/** As the database hands them out, by a clock of the test's. */
export function countingLeases(nowMs: () => number = () => performance.now()): AllowanceLeases {
  const windows = new Map<string, { spent: number; endsMs: number }>();
  return {
    async lease({ key, limit, windowMs, onCredit, needed, chunk }) {
      const known = windows.get(key);
      const window = known !== undefined && known.endsMs > nowMs() ? known : { spent: 0, endsMs: nowMs() + windowMs };
      windows.set(key, window);
      window.spent += onCredit;
      const left = limit - window.spent;
      const granted = needed > left ? 0 : Math.max(needed, Math.min(chunk, Math.floor(left / 4)));
      window.spent = Math.min(window.spent + Math.max(granted, needed), limit + needed);
      return { granted, spent: window.spent, endsInMs: window.endsMs - nowMs() };
    },
  };
}
