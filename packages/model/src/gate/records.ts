import { z } from 'zod';
import { isDay } from '../calendar/index.ts';
import { normaliseHost } from '../domain-name/index.ts';
import { invalidInput, parseSafely } from '../fault/index.ts';
import { parseFilingNumbers } from '../number/index.ts';

/**
 * A record's name in its normal form. Records are kept under registrable names only: an entry for a sub-domain would
 * never be found, and whoever wrote it would believe that it works.
 */
const registrableName = z.string().transform((text, context) => {
  const read = normaliseHost(text);
  if (!text.includes(':') && read.registrableName !== null && read.host === read.registrableName) return read.host;
  context.addIssue({
    code: 'custom',
    params: {
      zh: `应为可注册的域名本身，例如 ${read.registrableName ?? 'example.cn'}，不含子域名和端口`,
      en: `expected a registrable name, such as ${read.registrableName ?? 'example.cn'}, without sub-domain or port`,
    },
  });
  return z.NEVER;
});

/** An APP is filed under the name that it really uses, at whatever level. */
const appName = z.string().transform((text, context) => {
  const read = normaliseHost(text);
  if (!text.includes(':') && read.registrableName !== null) return read.host;
  context.addIssue({
    code: 'custom',
    params: { zh: '应为域名，例如 api.example.cn', en: 'expected a name, such as api.example.cn' },
  });
  return z.NEVER;
});

/** One of the provider's own names for customers. A public suffix here would exempt everybody. */
const providerName = z.string().transform((text, context) => {
  const read = normaliseHost(text);
  if (!text.includes(':') && read.registrableName !== null) return read.host;
  context.addIssue({
    code: 'custom',
    params: {
      zh: '应为接入商自己的域名，例如 app.example-cloud.cn',
      en: 'expected a name of the provider, such as app.example-cloud.cn',
    },
  });
  return z.NEVER;
});

const providerId = z.string().trim().min(1).max(100);

export const gateRecordStates = ['cancelled', 'suspended', 'blacklisted'] as const;

/** Kinds of services by what a record of theirs covers: a website's also what is below, an APP's exactly its name. */
const gateServiceKinds = ['website', 'app', 'mini_program'] as const;

/** What the gate knows of one filed service (contract §5). */
const gateRecordShape = z.strictObject({
  name: z.string(),
  number: z.string().trim().min(1).max(100),
  /** Providers that access it now; empty where none does. */
  accesses: z.array(providerId).max(100),
  /** Absent while the record is in force. */
  state: z.enum(gateRecordStates).optional(),
  /** Last day on which an access filing that passed our initial review is served without its access. */
  graceUntil: z
    .string()
    .refine(isDay, { params: { zh: '应为日期 YYYY-MM-DD', en: 'expected a day as YYYY-MM-DD' } })
    .optional(),
  /** Absent for a website. */
  serviceKind: z.enum(gateServiceKinds).optional(),
  /** Since when the record has its present state. */
  since: z
    .string()
    .refine(isDay, { params: { zh: '应为日期 YYYY-MM-DD', en: 'expected a day as YYYY-MM-DD' } })
    .optional(),
});
/** A website is filed under its registrable name; an APP at the level that it really uses (docs/sources.md). */
export const gateRecordSchema = gateRecordShape.transform((record, context) => {
  const nameOf = isOfExactName(record) ? appName : registrableName;
  const name = nameOf.safeParse(record.name);
  if (name.success) return { ...record, name: name.data };
  for (const { path, ...issue } of name.error.issues) context.addIssue({ ...issue, path: ['name', ...path] });
  return z.NEVER;
});
export type GateRecord = z.output<typeof gateRecordSchema>;

/** One change of what is on record: `record` null when nothing of this kind is on record under the name any more. */
export interface GateChange {
  /** In its normal form. */
  readonly name: string;
  /** An APP's record, for exactly this name. */
  readonly exact: boolean;
  readonly record: GateRecord | null;
}

const recordList = z.array(gateRecordSchema).superRefine((records, context) => {
  const places = new Map<string, number>();
  records.forEach(({ name, serviceKind }, index) => {
    const key = `${isOfExactName({ serviceKind }) ? 'app ' : ''}${name}`;
    const earlier = places.get(key);
    if (earlier === undefined) places.set(key, index);
    else {
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        params: {
          zh: `${name} 已在 records[${earlier}] 中，每个域名只应有一条`,
          en: `expected each name once; ${name} is records[${earlier}] already`,
        },
      });
    }
  });
});

/** What the records file of `openbeian gate decide` and the snapshot for gates have in common. */
export const gateFacts = {
  provider: providerId,
  /** The provider's own names for customers: they and what is below them need no filing. */
  defaultNames: z.array(providerName).max(10_000),
  records: recordList,
};

/** The policy that any valid number will do: of a CDN, or of another service in front of sites. */
export const numberPolicySchema = z.strictObject({
  /** Where that is stated: a label of docs/sources.md, or a document of the provider's own. */
  source: z.string().trim().min(1).max(200),
});

const recordsFileSchema = z
  .strictObject({
    ...gateFacts,
    defaultNames: gateFacts.defaultNames.default([]),
    /** Where the asking proxy serves: cn-mainland, hk, overseas, or a region of the provider. */
    region: z.string().trim().min(1).max(100).default('cn-mainland'),
    /** What the proxy is a part of, such as `cdn`: the policy of the product says whether any valid number will do. */
    product: z.string().trim().min(1).max(100).optional(),
    /** Any valid number will do, whichever provider it was filed through; with the source that says so. */
    anyNumberSuffices: numberPolicySchema.optional(),
  })
  .superRefine(({ provider, product, anyNumberSuffices, records }, context) => {
    if (product === undefined && anyNumberSuffices === undefined) return;
    // Here the number alone opens a name, so it must be one.
    records.forEach(({ number, accesses, state }, index) => {
      if (state !== undefined || accesses.includes(provider) || isFilingNumber(number)) return;
      context.addIssue({
        code: 'custom',
        path: ['records', index, 'number'],
        params: {
          zh: '应为有效的备案号，例如 京ICP备11018762号-1',
          en: 'expected a valid filing number, such as 京ICP备11018762号-1',
        },
      });
    });
  });

/** A number of the ICP filing, of whatever year: what opens a name where any number will do. */
export function isFilingNumber(text: string): boolean {
  const { valid, numbers } = parseFilingNumbers(text, '9999-12-31');
  return valid && numbers.some(({ kind }) => kind === 'subject' || kind === 'service' || kind === 'licence');
}
export type GateRecordsFile = z.output<typeof recordsFileSchema>;

/**
 * Reads the records file of `openbeian gate decide`; names come back in their normal form.
 * @throws Fault `input.invalid` with every wrong place.
 */
export function parseGateRecords(document: unknown): GateRecordsFile {
  const parsed = parseSafely(recordsFileSchema, document);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

/**
 * Stands in for a record that cannot be read: it closes its name, whatever else is on record under it. Left out, it could open a
 * name that the record closed.
 */
export const closedRecord = ({ name, exact }: Pick<GateChange, 'name' | 'exact'>): GateRecord => ({
  name,
  number: 'unreadable',
  accesses: [],
  state: 'suspended',
  ...(exact && { serviceKind: 'app' }),
});

const isText = (value: unknown): value is string => typeof value === 'string';
const isAbsentOr = (value: unknown, isFine: (value: string) => boolean) =>
  value === undefined || (isText(value) && isFine(value));

/** Is this a record as the database writes it? As quick as looking at ten million takes; names are looked at elsewhere. */
export function isStoredRecord(value: unknown): value is GateRecord {
  const { name, number, accesses, state, graceUntil, serviceKind, since } = (value ?? {}) as Record<string, unknown>;
  return (
    isText(name) &&
    isText(number) &&
    Array.isArray(accesses) &&
    accesses.every(isText) &&
    isAbsentOr(state, (text) => (gateRecordStates as readonly string[]).includes(text)) &&
    isAbsentOr(graceUntil, isDay) &&
    isAbsentOr(serviceKind, (text) => (gateServiceKinds as readonly string[]).includes(text)) &&
    isAbsentOr(since, isDay)
  );
}

/** Records by name, for deciding; those of APPs, which are for exactly their name, separately. */
export class GateRecordIndex extends Map<string, GateRecord> {
  readonly apps = new Map<string, GateRecord>();
}

export function indexGateRecords(records: readonly GateRecord[]): GateRecordIndex {
  const index = new GateRecordIndex();
  for (const record of records) (isOfExactName(record) ? index.apps : index).set(record.name, record);
  return index;
}

/** The record is for exactly its name, at any level; a website's covers everything below its name. */
export function isOfExactName({ serviceKind }: { readonly serviceKind?: string | undefined }): boolean {
  return serviceKind === 'app' || serviceKind === 'mini_program';
}
