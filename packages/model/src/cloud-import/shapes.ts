import { type Day, dayOf, lastDayOf } from '@openbeian/model/calendar';
import type { Billing, Resource } from '@openbeian/model/eligibility';
import { z } from 'zod';
import type { ListPart } from './rows.ts';

/** What a response says of a resource; what it does not say is absent. */
export type Draft = Pick<Resource, 'id' | 'provider' | 'product'> &
  Partial<
    Pick<
      Resource,
      'region' | 'billing' | 'boughtAt' | 'expiresAt' | 'state' | 'publicIps' | 'bandwidthMbps' | 'package'
    >
  >;

/** What a list of elastic addresses says of a server named in another response. */
export interface BoundAddress {
  readonly address: string;
  readonly bandwidthMbps?: number | undefined;
  /** The id of the server or of its network interface, or an address of it; null: bound to nothing, or to something else. */
  readonly server: string | null;
}

/** What a list of prepaid terms says of a resource named in another response, by its id. */
export interface Term {
  readonly resource: string;
  readonly boughtAt?: Day;
  readonly expiresAt?: Day;
}

/** A server that another list shows on its own, though it was bought as a part of something else. */
export interface Part {
  readonly server: string;
  /** The id of the resource it belongs to; filings are attached to that one. */
  readonly of: string;
}

/** What one response says. */
export interface Said {
  readonly resources: readonly Draft[];
  readonly addresses?: readonly BoundAddress[];
  readonly terms?: readonly Term[];
  readonly parts?: readonly Part[];
  /** The part of a list that the response is. */
  readonly part?: ListPart;
  /** Resources that the cloud has isolated, by id, in its own words. */
  readonly isolated?: ReadonlyMap<string, string>;
  /** Network interfaces, each with its server's id: an address may be bound to one in place of the server. */
  readonly interfaces?: ReadonlyMap<string, string>;
}

/** One kind of response: how it is recognised, and how it is read. */
export interface Shape {
  /** The operation that gives it, as the cloud's own documents call it. */
  readonly operation: string;
  fits(document: unknown): boolean;
  readonly schema: z.ZodType<Said>;
}

/** Clouds answer null for what they do not know. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

export const text = z.string().min(1).max(200);

/** An id by which a product's own servers are told from what other products list under the same keys. */
export const ownId = (pattern: RegExp, product: string) =>
  text.refine((id) => pattern.test(id), {
    params: {
      zh: `应为 ${product} 实例的 ID；这是其他产品或托管实例的列表，不是云服务器`,
      en: `expected the id of an ${product} instance; this lists another product's or managed instances, which are no servers of the cloud`,
    },
  });

export const address = z.union([z.ipv4(), z.ipv6()]);

/** Some fields hold '' for none. */
export const blank = z.literal('').transform(() => undefined);

/** An address, or null, '' or nothing where there is none. */
export const maybeAddress = maybe(z.union([blank, address]));

/** An ISO 8601 instant, with or without seconds, as its day in Shanghai. */
export const instant = dayBy(dayOf);

/** The same where a term ends: clouds that end it at midnight mean the day before. */
export const termEnd = dayBy(lastDayOf);

function dayBy(dayAt: (instant: string) => Day) {
  return z.string().transform((value, context): Day => {
    try {
      return dayAt(value.replace(/T(\d{2}:\d{2})(Z|[+-]\d{2}:?\d{2})$/, 'T$1:00$2'));
    } catch {
      const zh = '应为带时区的 ISO 8601 时刻';
      context.addIssue({ code: 'custom', params: { zh, en: 'expected an ISO 8601 instant with an offset' } });
      return z.NEVER;
    }
  });
}

export const megabits = z.number().min(0);

/** A closed list of a cloud's own words; an unknown one is refused, for nobody knows what it would mean. */
export function words<T>(table: Readonly<Record<string, T>>) {
  return z.string().transform((value, context): T => {
    const meaning = Object.hasOwn(table, value) ? table[value] : undefined;
    if (meaning !== undefined) return meaning;
    const known = Object.keys(table).join(', ');
    context.addIssue({ code: 'custom', params: { zh: `应为 ${known} 之一`, en: `expected one of ${known}` } });
    return z.NEVER;
  });
}

/** Pay-as-you-go has no term: what some clouds answer as its expiry (year 2099) means nothing. */
export function termOf(billing: Billing | null | undefined, created: Day | undefined, expires: Day | undefined) {
  if (billing === 'pay_as_you_go') return {};
  return { ...given('boughtAt', created), ...given('expiresAt', expires) };
}

/** What holds an address at Alibaba and Volcengine: a server itself, or a network interface, which may be a server's. */
export function serverOf(type: string | undefined, id: string | undefined): string | null {
  return (type === 'EcsInstance' || type === 'NetworkInterface') && id ? id : null;
}

/** `{ key: value }`, or nothing for a value that is not there. */
export function given<K extends string, V>(key: K, value: V | null | undefined): { [Key in K]?: V } {
  // A computed key widens to string.
  return value === undefined || value === null ? {} : ({ [key]: value } as { [Key in K]?: V });
}

/** Does the document have a value of this kind at these keys? */
export function hasAt(document: unknown, keys: readonly string[], kind: 'array' | 'object' | 'text'): boolean {
  let value = document;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  if (kind === 'text') return typeof value === 'string';
  return kind === 'array' ? Array.isArray(value) : typeof value === 'object' && value !== null && !Array.isArray(value);
}
