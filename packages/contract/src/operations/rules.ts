import { outcomes } from '@openbeian/model/eligibility';
import { ruleEffects, ruleTopics } from '@openbeian/model/province';
import { ruleGroups } from '@openbeian/model/rule-book';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { dayShape, emptyShape, noBody, textShape } from '../shapes.ts';

const ruleTestShape = z
  .object({
    name: z.string(),
    place: z.string().meta({ description: 'Folder, file and line, e.g. `providers/tencent.cases.yaml:6`' }),
  })
  .meta({ id: 'RuleTest', description: 'A test case that fails when the rule is changed' });

const ruleRowShape = z
  .object({
    key: z.string().meta({ description: 'The same for the same question of every product, as `policy diff` names it' }),
    group: z.enum(ruleGroups),
    label: textShape,
    value: textShape,
    sources: z.array(z.string()).meta({ description: 'Labels of `sources`' }),
    tests: z.array(ruleTestShape),
  })
  .meta({ id: 'RuleRow', description: 'One thing that is asked for, with its value' });

const validity = {
  validFrom: dayShape.nullable().meta({ description: 'Null: as long as the source has been known' }),
  validTo: dayShape.nullable().meta({ description: 'The last day in force; null: still in force' }),
};

const changedReason = z.object({ code: z.string(), message: textShape, source: z.string() });

export const getRuleBook = operation({
  id: 'getRuleBook',
  method: 'GET',
  path: '/api/v1/rules',
  summary: {
    zh: '各云与各省规则：每个产品的要求、生效日期、来源和测试',
    en: 'Rules by cloud and province: what each product asks, since when, by which source and test',
  },
  roles: 'public',
  command: false,
  nouns: [],
  // The whole book at once: one and a half megabytes, which a screen asks for once.
  cost: 10,
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    providers: z.array(
      z.object({
        id: z.string(),
        name: textShape,
        fictional: z.boolean(),
        regions: z.object({ mainland: z.array(z.string()), outside: z.array(z.string()), source: z.string() }),
        accounts: z.array(ruleRowShape),
        products: z.array(
          z.object({
            id: z.string().meta({ description: '`provider/product`' }),
            name: textShape,
            versions: z.array(z.object({ ...validity, sources: z.array(z.string()), rows: z.array(ruleRowShape) })),
            tests: z.array(ruleTestShape),
          }),
        ),
      }),
    ),
    provinces: z.array(
      z.object({
        code: z.string().nullable().meta({ description: 'Null: holds in every province' }),
        name: textShape,
        rules: z.array(
          z.object({
            ...validity,
            id: z.string(),
            topic: z.enum(ruleTopics),
            effect: z
              .enum(ruleEffects)
              .meta({ description: '`human`: on the reviewer’s check list, and never a finding' }),
            asOf: dayShape.meta({ description: 'The day of the source, or on which it was looked up' }),
            supersededBy: z
              .array(
                z.object({
                  ...validity,
                  id: z.string(),
                  within: textShape
                    .nullable()
                    .meta({ description: 'The province, of a rule that holds in all; null: everywhere' }),
                  whole: z.boolean().meta({ description: 'For all that the rule is about; else for a part of it' }),
                  asOf: dayShape,
                }),
              )
              .meta({ description: 'Rules that hold instead' }),
            rows: z.array(ruleRowShape),
          }),
        ),
      }),
    ),
    sources: z.array(
      z.object({ label: z.string(), title: textShape, published: textShape, url: z.string().nullable() }),
    ),
  }),
  faults: [],
});

const changedUse = z.object({
  before: z.enum(outcomes),
  after: z.enum(outcomes),
  gained: z
    .array(changedReason)
    .meta({ description: 'Reasons that the rules of `to` give and those of `from` do not' }),
  lost: z.array(changedReason).meta({ description: 'The other way round' }),
});

export const compareFleet = operation({
  id: 'compareFleet',
  method: 'GET',
  path: '/api/v1/fleet-comparison',
  summary: {
    zh: '两日规则之间，哪些云资源的判断会改变（按资源分批）',
    en: 'Which resources the rules of two days answer differently, a slice of the resources at a time',
  },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['resource'],
  params: emptyShape,
  query: z.strictObject({
    from: dayShape.meta({ description: 'The rules in force on that day' }),
    to: dayShape.meta({ description: 'And those of this one; both are asked about the resources as they are today' }),
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({
    at: dayShape,
    looked: z.number().int().meta({ description: 'How many resources this slice had' }),
    changed: z.array(
      z.object({
        id: z.string(),
        accountId: z.string(),
        product: z.string().meta({ description: '`provider/product`' }),
        file: changedUse,
        issue: changedUse,
      }),
    ),
    next: nextShape,
  }),
  faults: [],
});
