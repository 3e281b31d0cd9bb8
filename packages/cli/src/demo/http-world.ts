import { createSimControls } from '@openbeian/authority-sim';
import { type Client, type ClientOptions, createClient, createCookieJar } from '@openbeian/contract/client';
import { dayOf } from '@openbeian/model/calendar';
import type { Part, World } from './world.ts';

export interface HttpWorldOptions {
  /** Where the API is; asked for every request, so that several servers can take turns. */
  readonly serverUrl: () => string;
  readonly gateUrl: string;
  readonly simUrl: string;
  readonly logins: Readonly<Record<Part, { readonly login: string; readonly password: string }>>;
  readonly accounts: Readonly<Record<'company' | 'individual', string>>;
  readonly takenSiteName: string;
  /** Lets hand-overs and the authority's messages come to rest. */
  readonly rest: () => Promise<void>;
  /** Moves the clocks; does nothing where they are real. */
  readonly advance: (byMs: number) => Promise<void>;
  /** The network; a story about crashes gives one that tries again. */
  readonly fetch?: typeof fetch;
}

const pauseMs = 20;
const patienceMs = 15_000;

/** The story's world over real HTTP. */
export function createHttpWorld(options: HttpWorldOptions): World {
  const clients = new Map<Part, Promise<Client>>();
  const controls = createSimControls(options.simUrl);
  const network = options.fetch ?? fetch;
  const client = (more: Partial<ClientOptions>): Client =>
    createClient({
      baseUrl: '',
      fetch: (path, init) => network(new URL(path as string, options.serverUrl()), init),
      ...more,
    });
  const signIn = async (part: Part): Promise<Client> => {
    const signedIn = client({ cookies: createCookieJar() });
    await signedIn.signIn({ body: options.logins[part] });
    return signedIn;
  };
  const as = (part: Part): Promise<Client> => {
    const known = clients.get(part) ?? signIn(part);
    clients.set(part, known);
    return known;
  };
  const gateAnswer = async (host: string) => {
    const answer = await fetch(`${options.gateUrl}/auth`, { headers: { 'x-original-host': host } });
    return { served: answer.status === 204, reason: answer.headers.get('x-openbeian-reason') ?? '' };
  };

  return {
    as,
    accountOf: (part) => options.accounts[part],
    today: async () => dayOf((await client({}).getDeployment()).now),
    settle: options.rest,
    advance: options.advance,
    askGate: async (host) => {
      // A change reaches the gate within a second; until then the server's own decision is used.
      const { reason } = await client({}).explainHost({ query: { host } });
      await until(`the gate says ${reason} of ${host}`, async () => (await gateAnswer(host)).reason === reason);
      return gateAnswer(host);
    },
    queryPublic: async (search) => {
      const answer = await network(`${options.serverUrl()}/query/web?search=${encodeURIComponent(search)}`);
      const { params } = (await answer.json()) as { params: { list: { domain: string; serviceLicence: string }[] } };
      return params.list;
    },
    authority: {
      takenSiteName: options.takenSiteName,
      confirmSms: async (mobile, certificateNumber) => {
        const texts = await controls.listPhone();
        const text = texts.find((one) => one.mobile === mobile && one.kind === 'verification');
        if (text?.code === undefined || text.code === null) throw new Error(`no verification text on ${mobile}`);
        const answer = await controls.confirmSms(mobile, text.code, certificateNumber.slice(-6));
        if (answer.outcome !== 'confirmed') throw new Error(`the SMS was not confirmed: ${answer.outcome}`);
      },
    },
  };
}

/** Asks until it is so. @throws Error when it is not within the patience, 15 seconds unless given. */
export async function until(what: string, holds: () => Promise<boolean>, withinMs = patienceMs): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadlineMs) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
