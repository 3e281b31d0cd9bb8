import { z } from 'zod';
import { type Day, isDay } from '../calendar/day.ts';
import { subjectKinds } from '../filing/kinds.ts';

const text = z.string().min(1);
const day = z.string().refine(isDay, {
  params: { zh: '应为确实存在的日期 YYYY-MM-DD', en: 'expected a day that exists, YYYY-MM-DD' },
});

/** A row: its number in the authority's table, what it is called, and while it may be chosen. */
const rowFields = {
  id: z.int(),
  /** Its word in the form's values and in rules; where there is none, its number as text is (`valueOf`). */
  key: z
    .string()
    .regex(/^[a-z][a-z_0-9]*$/)
    .optional(),
  zh: text,
  en: text,
  /** First day on which it may be chosen; unless said, as long as the table has been known. */
  validFrom: day.optional(),
  /** Last day on which it may be chosen; unless said, it still may. */
  validTo: day.optional(),
};
export type CodeRow = z.output<z.ZodObject<typeof rowFields>>;

const tableFields = {
  /** The day of the source, or on which it was looked up. */
  asOf: day,
  source: z.array(text).min(1),
  /** How many rows one filing may choose; unless said, any number. */
  most: z.int().positive().optional(),
};

/** A table of such rows; each number once, and each word. */
const tableOf = <Row extends z.ZodType<KeyedRow>>(row: Row) =>
  z.strictObject({ ...tableFields, items: z.array(row).min(1) }).superRefine(({ items }, context) => {
    refuseTwice(items, 'items', context);
    refuseSameKey(items, context);
  });

const plainTable = tableOf(z.strictObject(rowFields));

const group = z.strictObject({ id: z.int(), zh: text, en: text });

/** A tree of two levels; only the second is chosen. Rows without a group are known by number only; individuals choose none of `unitsOnly`. */
const contentTable = z
  .strictObject({
    ...tableFields,
    groups: z.array(group).min(1),
    items: z
      .array(z.strictObject({ ...rowFields, group: z.int().optional(), unitsOnly: z.literal(true).optional() }))
      .min(1),
  })
  .superRefine(({ groups, items }, context) => {
    refuseTwice(groups, 'groups', context);
    refuseTwice(items, 'items', context);
    refuseSameKey(items, context);
    const known = new Set(groups.map(({ id }) => id));
    items.forEach((item, index) => {
      if (item.group === undefined || known.has(item.group)) return;
      const params = { zh: '应为 groups 中的编号', en: 'expected the id of one of the groups' };
      context.addIssue({ code: 'custom', path: ['items', index, 'group'], params });
    });
  });

type KeyedRow = Pick<CodeRow, 'id' | 'key'>;

function refuseSameKey(rows: readonly KeyedRow[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  rows.forEach(({ key }, index) => {
    if (key === undefined) return;
    if (seen.has(key)) {
      const params = { zh: `名称 ${key} 已经出现过`, en: `expected a key of its own; ${key} was given before` };
      context.addIssue({ code: 'custom', path: ['items', index, 'key'], params });
    }
    seen.add(key);
  });
}

function refuseTwice(rows: readonly { readonly id: number }[], list: string, context: z.RefinementCtx): void {
  const seen = new Set<number>();
  rows.forEach(({ id }, index) => {
    if (seen.has(id)) {
      const params = { zh: `编号 ${id} 已经出现过`, en: `expected an id of its own; ${id} was given before` };
      context.addIssue({ code: 'custom', path: [list, index, 'id'], params });
    }
    seen.add(id);
  });
}

/** The tables by name; `policies/code-tables/<name>.yaml` has one of them. */
export const codeTableSchemas = {
  /** 单位性质. */
  natures: tableOf(
    z.strictObject({
      ...rowFields,
      key: z.string().regex(/^[a-z_]+$/),
      /** Which of the contract's five words covers it. */
      subjectKind: z.enum(subjectKinds),
      certificates: z.array(z.int()).min(1),
    }),
  ),
  /** 证件类型. Certificates of different natures may share a word: a nature has one of each word (`refuseUnrelated`). */
  certificates: z
    .strictObject({
      ...tableFields,
      items: z
        .array(z.strictObject({ ...rowFields, key: z.string().regex(/^[a-z_]+$/), holder: z.enum(['person', 'unit']) }))
        .min(1),
    })
    .superRefine(({ items }, context) => refuseTwice(items, 'items', context)),
  /** 网站服务内容. */
  'website-contents': contentTable,
  /** APP、小程序服务内容: other rows under the same numbers. */
  'app-contents': contentTable,
  /** 前置审批. */
  'pre-approvals': plainTable,
  /** 语言类别. */
  languages: plainTable,
  /** 接入方式. */
  'access-methods': plainTable,
  /** 服务器放置地: the number of the bit that the entry form gives a province, and its division code. */
  'server-places': tableOf(z.strictObject({ ...rowFields, division: z.string().regex(/^\d{6}$/) })),
  /** 即时通信. */
  messengers: plainTable,
  /** 图片用途. */
  'image-uses': plainTable,
  /** APP 运行平台, with the digests that its certificates' fingerprints may be. */
  'app-platforms': tableOf(
    z.strictObject({
      ...rowFields,
      key: z.string().regex(/^[a-z]+$/),
      fingerprints: z
        .array(z.enum(['md5', 'sha1', 'sha256']))
        .min(1)
        .optional(),
    }),
  ),
  /** 报备方式. */
  submitters: plainTable,
} as const;
export type CodeTableName = keyof typeof codeTableSchemas;
export type CodeTable<Name extends CodeTableName> = z.output<(typeof codeTableSchemas)[Name]>;

/** All tables of the filing form. */
export type CodeTables = { readonly [Name in CodeTableName]: CodeTable<Name> };

/** The rows that may be chosen on a day, in their order. */
export function rowsOn<Row extends Pick<CodeRow, 'validFrom' | 'validTo'>>(
  { items }: { readonly items: readonly Row[] },
  at: Day,
): readonly Row[] {
  return items.filter(
    ({ validFrom, validTo }) =>
      (validFrom === undefined || validFrom <= at) && (validTo === undefined || at <= validTo),
  );
}
