import { dayOf, daysBetween } from '@openbeian/model/calendar';
import type { ProvinceFacts } from '@openbeian/model/province';
import { z } from 'zod';
import type { LookUp, LookUpAnswer, LookUpQuestion } from '../../ports/look-ups.ts';
import type { GuardedPage } from '../guarded-get.ts';
import { failedAnswer } from './answer.ts';

/** RFC 9224: which registry answers for which top-level domains; the file that IANA publishes, or a provider's own. */
export const rdapBootstrapSchema = z.object({
  services: z.array(z.tuple([z.array(z.string()), z.array(z.url())])),
});
export type RdapBootstrap = z.output<typeof rdapBootstrapSchema>;

export interface RdapOptions {
  readonly bootstrap: RdapBootstrap;
  readonly get: (url: string, accept: string) => Promise<GuardedPage>;
  /** Now, as ISO 8601. */
  readonly now: () => string;
}

/** Of RFC 9083 what is used; everything else may be there. A vCard is a jCard of RFC 7095. */
const entity = z.object({
  roles: z.array(z.string()).default([]),
  vcardArray: z.tuple([z.literal('vcard'), z.array(z.array(z.unknown()))]).optional(),
});
const domainShape = z.object({
  objectClassName: z.literal('domain'),
  ldhName: z.string(),
  status: z.array(z.string()).default([]),
  events: z.array(z.object({ eventAction: z.string(), eventDate: z.string() })).default([]),
  entities: z.array(entity).default([]),
});
type RdapDomain = z.output<typeof domainShape>;

/** Asks a name's registry by RDAP (RFC 9082, 9083): is it registered, since when and until when, is it on hold, whose is it. */
export function createRdap({ bootstrap, get, now }: RdapOptions): LookUp {
  return {
    name: 'registration',
    async ask(question): Promise<LookUpAnswer> {
      const base = serverFor(bootstrap, question.domainName);
      const none = {
        zh: '没有配置该后缀的 RDAP 服务，未查询',
        en: 'No RDAP service is configured for this suffix; nobody was asked',
      };
      if (base === null) {
        return { name: 'registration', state: 'not_asked', askedAt: null, source: null, facts: {}, said: none };
      }
      const url = new URL(`domain/${question.domainName}`, base.endsWith('/') ? base : `${base}/`).href;
      const asked = { name: 'registration', askedAt: now(), source: url } as const;
      const page = await get(url, 'application/rdap+json');
      if (page.status === 404) {
        const said = { zh: '注册局答复：域名未注册', en: 'The registry says that the name is not registered' };
        return { ...asked, state: 'answered', facts: { 'domain.isRegistered': false }, said };
      }
      const domain = page.status === 200 ? domainIn(page.text) : null;
      if (domain === null || domain.ldhName.toLowerCase().replace(/\.$/, '') !== question.domainName) {
        const why = page.error ?? page.status ?? '';
        return failedAnswer(asked, {
          zh: `注册局没有给出可用的答复（${why}）`,
          en: `The registry gave no usable answer (${why})`,
        });
      }
      const facts = factsOf(domain, question, asked.askedAt);
      return { ...asked, state: 'answered', facts, said: saidOf(facts) };
    },
  };
}

/** The longest match, as RFC 9224 §4 wants; https before http. */
function serverFor({ services }: RdapBootstrap, domainName: string): string | null {
  const fits = services.flatMap(([suffixes, urls]) =>
    suffixes.filter((suffix) => domainName.endsWith(`.${suffix.toLowerCase()}`)).map((suffix) => ({ suffix, urls })),
  );
  const [best] = fits.toSorted((one, other) => other.suffix.length - one.suffix.length);
  return best?.urls.find((url) => url.startsWith('https:')) ?? best?.urls[0] ?? null;
}

function domainIn(text: string): RdapDomain | null {
  try {
    return domainShape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function factsOf({ events, status, entities }: RdapDomain, { subjectName }: LookUpQuestion, at: string): ProvinceFacts {
  const today = dayOf(at);
  const dayOfEvent = (...actions: string[]) => {
    const dates = events.filter(({ eventAction }) => actions.includes(eventAction)).map(({ eventDate }) => eventDate);
    const last = dates
      .filter((date) => !Number.isNaN(Date.parse(date)))
      .sort()
      .at(-1);
    return last === undefined ? undefined : dayOf(new Date(last).toISOString());
  };
  // A name that changed hands is as young as that.
  const since = dayOfEvent('registration', 'transfer');
  const until = dayOfEvent('expiration');
  const holder = textOf(entities, 'registrant', 'fn');
  const country = textOf(entities, 'registrar', 'adr');
  return {
    'domain.isRegistered': true,
    'domain.isOnHold': status.some((one) => /hold/i.test(one)),
    ...(since !== undefined && { 'domain.daysRegistered': Math.max(0, daysBetween(since, today)) }),
    ...(until !== undefined && { 'domain.daysLeft': Math.max(0, daysBetween(today, until)) }),
    ...(holder !== undefined && { 'domain.holder': holder === subjectName ? 'subject' : 'other' }),
    ...(country !== undefined && { 'domain.registrarIsDomestic': /^(CN|China|中国)$/i.test(country) }),
  };
}

const holders = {
  subject: { zh: '持有者与主办者一致', en: 'the registrant is the organiser' },
  other: { zh: '持有者与主办者不一致', en: 'the registrant differs from the organiser' },
  withheld: { zh: '注册局未公开持有者，请自行核实', en: 'the registry withholds the registrant: look yourself' },
} as const;

/** In words what the facts say; the registrant itself is not repeated. */
function saidOf(facts: ProvinceFacts): LookUpAnswer['said'] {
  const holder =
    holders[
      facts['domain.holder'] === 'subject' || facts['domain.holder'] === 'other' ? facts['domain.holder'] : 'withheld'
    ];
  const days = facts['domain.daysRegistered'];
  const left = facts['domain.daysLeft'];
  const parts = [
    { zh: '域名已注册', en: 'The domain is registered' },
    holder,
    ...(days === undefined ? [] : [{ zh: `注册满 ${days} 天`, en: `for ${days} days` }]),
    ...(left === undefined ? [] : [{ zh: `距到期 ${left} 天`, en: `it expires in ${left} days` }]),
    ...(facts['domain.isOnHold'] === true ? [{ zh: '处于暂停状态', en: 'it is on hold' }] : []),
  ];
  return { zh: parts.map(({ zh }) => zh).join('，'), en: parts.map(({ en }) => en).join(', ') };
}

/** A text of the first entity in that role; of an address its country. Undefined where it is withheld, as most holders are. */
function textOf(entities: RdapDomain['entities'], role: string, property: string): string | undefined {
  const card = entities.find(({ roles }) => roles.includes(role))?.vcardArray?.[1];
  const value = card?.find(([name]) => name === property)?.[3];
  const text = property === 'adr' && Array.isArray(value) ? value.at(-1) : value;
  return typeof text === 'string' && text.trim() !== '' && !/redacted|privacy/i.test(text) ? text.trim() : undefined;
}
