import { type Day, dayOf } from '@openbeian/model/calendar';
import type { Billing, Resource } from '@openbeian/model/eligibility';
import { z } from 'zod';

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
  /** The server's id, or an address of it, by which it is found; null: bound to nothing, or to something else. */
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

export const address = z.union([z.ipv4(), z.ipv6()]);

/** Some fields hold '' for none. */
export const blank = z.literal('').transform(() => undefined);

/** An address, or null, '' or nothing where there is none. */
export const maybeAddress = maybe(z.union([blank, address]));

/** An ISO 8601 instant, with or without seconds, as its day in Shanghai. */
export const instant = z.string().transform((value, context): Day => {
  try {
    return dayOf(value.replace(/T(\d{2}:\d{2})(Z|[+-]\d{2}:?\d{2})$/, 'T$1:00$2'));
  } catch {
    const zh = '应为带时区的 ISO 8601 时刻';
    context.addIssue({ code: 'custom', params: { zh, en: 'expected an ISO 8601 instant with an offset' } });
    return z.NEVER;
  }
});

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

/** `{ key: value }`, or nothing for a value that is not there. */
export function given<K extends string, V>(key: K, value: V | null | undefined): { [Key in K]?: V } {
  // A computed key widens to string.
  return value === undefined || value === null ? {} : ({ [key]: value } as { [Key in K]?: V });
}

/** Does the document have a value of this kind at these keys? */
export function hasAt(document: unknown, keys: readonly string[], kind: 'array' | 'object'): boolean {
  let value = document;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return kind === 'array' ? Array.isArray(value) : typeof value === 'object' && value !== null && !Array.isArray(value);
}
