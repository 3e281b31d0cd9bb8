import { codeEventTypes } from '@openbeian/model/code';
import {
  authorityKinds,
  type CallOutcome,
  callOutcomes,
  deskEventTypes,
  type FilingState,
  filingStates,
  routedKinds,
  serviceKinds,
  subjectKinds,
  webhookFamilies,
} from '@openbeian/model/filing';
import { fieldInputs, findingOrigins } from '@openbeian/model/forms';
import { lookUpNames } from '@openbeian/model/province';
import { workKinds } from '@openbeian/model/work';
import { z } from 'zod';
import { memberRights, roles } from './operation.ts';

/** Shapes that several operations share. Names are those of the OpenAPI components. */

/** Text for people, in both languages. */
export const textShape = z.strictObject({ zh: z.string(), en: z.string() }).meta({ id: 'Text' });

/** A fault that work failed with. */
export const lastFaultShape = z
  .object({ code: z.string(), zh: z.string(), en: z.string() })
  .nullable()
  .default(null)
  .meta({
    description:
      '最近的错误：代码及说明；不属于错误目录的为空，名称见 lastError / The last fault with words for people; null: `lastError` has the name of the error',
  });

/** What the line to the authority does not carry of a filing. */
export const notCarriedShape = z
  .array(z.object({ field: z.string(), blocks: z.boolean(), message: textShape }))
  .meta({ description: 'What the line to the authority does not carry; `blocks`: nothing is sent without it' });
export const instantShape = z.iso.datetime().meta({ id: 'Instant', description: 'ISO 8601 in UTC' });
export const dayShape = z.iso.date().meta({ id: 'Day', description: 'A day in Asia/Shanghai, YYYY-MM-DD' });
export const idShape = z.string().min(1).max(200);
export const provinceCodeShape = z.string().regex(/^\d{6}$/);
/** Counts the writes of an object. */
export const versionShape = z.int32().min(0);
export const emptyShape = z.strictObject({});
export const noBody = z.undefined().optional();

export const reasonShape = z
  .object({
    code: z.string(),
    message: textShape,
    remedy: z.object({ action: z.string(), zh: z.string(), en: z.string(), before: dayShape.nullable() }).nullable(),
    source: z.string().nullable(),
  })
  .meta({ id: 'Reason', description: 'Why something was refused, and how to fix it' });

export const quotaShape = z
  .object({
    scope: z.string(),
    limit: z.number().int().nullable(),
    used: z.number().int(),
    remaining: z.number().int().nullable(),
  })
  .meta({ id: 'Quota' });

export const decisionShape = z
  .object({
    outcome: z.enum(['eligible', 'ineligible', 'not_required', 'not_applicable', 'indeterminate']),
    reasons: z.array(reasonShape),
    quota: quotaShape.nullable(),
  })
  .meta({ id: 'Decision' });

/** One row of `openbeian check` (contract §2). */
export const checkResultShape = z
  .object({
    resource: z.string(),
    provider: z.string(),
    product: z.string(),
    policy: z.object({ id: z.string(), validFrom: dayShape.nullable(), source: z.array(z.string()) }).nullable(),
    file: decisionShape,
    issue: decisionShape,
    goodUntil: dayShape.nullable(),
  })
  .meta({ id: 'CheckResult' });

const sharedDecisionShape = decisionShape
  .extend({
    reasons: z.array(
      z.object({
        code: z.string(),
        ref: z.number().int().min(0).meta({ description: 'The place of the whole reason in `reasons` of the answer' }),
      }),
    ),
  })
  .meta({ id: 'SharedDecision' });

/** As `CheckResult`; each reason is listed once for all rows. */
export const sharedCheckResultShape = checkResultShape
  .extend({ file: sharedDecisionShape, issue: sharedDecisionShape })
  .meta({ id: 'SharedCheckResult' });

export const sessionShape = z
  .object({
    userId: z.string(),
    login: z.string(),
    displayName: z.string(),
    role: z.enum(roles),
    accountId: z.string().nullable(),
    right: z.enum(memberRights).nullable().meta({
      description:
        '在客户账号中的权限；接入商人员及客服访问中为 null / Right in the customer’s account; null for the provider’s people and in support access',
    }),
    secondFactorDue: z.boolean().meta({
      description: 'Only a second factor may be set up until this is false / 须先设置两步验证',
    }),
    support: z.object({ accessId: z.string(), accountId: z.string(), until: instantShape }).nullable().meta({
      description:
        '客服访问：运营人员以该客户账号的身份只读查看 / An operator who sees what this customer sees, read-only, until then',
    }),
  })
  .meta({ id: 'Session' });

export const accountShape = z
  .object({
    id: z.string(),
    realName: z.string(),
    displayName: z.string(),
    mayFileForOthers: z.boolean().meta({ description: 'May it file for organisers other than itself?' }),
  })
  .meta({ id: 'Account' });

export const resourceShape = z
  .object({
    id: z.string(),
    accountId: z.string(),
    provider: z.string(),
    product: z.string(),
    productName: textShape,
    /** The resource in the inventory's shape (contract §1). */
    facts: z.record(z.string(), z.unknown()),
    version: z.number().int(),
    check: checkResultShape,
  })
  .meta({ id: 'Resource' });

export const codeStates = ['unused', 'suspended', 'bound', 'used', 'revoked'] as const;
export const codeShape = z
  .object({
    id: z.string(),
    resourceId: z.string(),
    issuerAccountId: z.string(),
    granteeAccountId: z.string().nullable(),
    tail: z.string().meta({ description: 'The last four characters; the whole code is shown once and by reveal' }),
    note: z.string(),
    state: z.enum(codeStates).meta({ description: 'Derived at the time of asking, never stored' }),
    reasons: z.array(reasonShape).meta({ description: 'Why it is suspended, if it is' }),
    usableUntil: dayShape.nullable(),
    issuedAt: instantShape,
    grantedAt: instantShape.nullable(),
    boundFilingId: z.string().nullable(),
    usedAt: instantShape.nullable(),
    revokedAt: instantShape.nullable(),
  })
  .meta({ id: 'FilingCode' });

/** What an export of codes has, in this order; never the code itself. */
export const codeExportColumns = [
  ...(['id', 'resourceId', 'issuerAccountId', 'granteeAccountId', 'tail', 'state', 'usableUntil', 'issuedAt'] as const),
  ...(['grantedAt', 'boundFilingId', 'usedAt', 'revokedAt', 'note'] as const),
];

/** Object.keys forgets which keys there are, and that there is one. */
export const stateShape = z.enum(Object.keys(filingStates) as [FilingState, ...FilingState[]]);

/** Everything that webhooks are sent: of codes, and of records and filings. */
export const webhookEventTypes = [...codeEventTypes, ...deskEventTypes] as const;
/** What a receiver may ask for: events, and families of them, those of later releases included. */
export const webhookTypes = [...webhookFamilies, ...webhookEventTypes] as const;

/** A finding of the pre-check, or a reviewer's or the authority's reason: it names field, rule and remedy. */
export const findingShape = z
  .object({
    field: z.string().nullable().meta({ description: 'Path of the form field; null: the filing as a whole' }),
    rule: z.string(),
    message: textShape,
    remedy: textShape.nullable(),
    source: z.string().nullable(),
    asOf: z.string().optional().meta({ description: '规则依据的日期 / the day of which the rule is known' }),
    from: z
      .enum(findingOrigins)
      .meta({ description: 'advice 只是提示，不影响提交 / advice keeps nobody from submitting' }),
    severity: z.enum(['error', 'warning']).meta({
      description:
        '只有 error 不能提交；不论由谁提出，形式相同 / Only an error keeps a form from being submitted; the same whoever says it',
    }),
    proposals: z
      .array(z.string())
      .optional()
      .meta({ description: '可以通过的取值 / Values that would pass, where some can be proposed' }),
  })
  .meta({ id: 'Finding' });

export const filingEventShape = z.object({
  at: instantShape,
  actorRole: z.string(),
  type: z.string(),
  text: textShape,
});

/** How an account shows that a name is its own. */
export const nameProofShape = z
  .object({
    domainName: z.string(),
    record: z
      .object({ host: z.string(), value: z.string(), until: instantShape })
      .nullable()
      .meta({ description: 'TXT record to add to the domain’s DNS; good for one proof' }),
    provenAt: instantShape.nullable(),
    provenUntil: instantShape.nullable(),
    method: z.enum(['dns_txt', 'registrar']).nullable(),
  })
  .meta({ id: 'NameProof' });

/** Who of the provider works on a filing. */
export const claimShape = z
  .object({
    holderId: z.string(),
    holderName: z.string().nullable(),
    since: instantShape,
    until: instantShape.meta({ description: 'Somebody else may claim the filing from then on' }),
    mine: z.boolean(),
  })
  .meta({ id: 'FilingClaim' });

/** How far a review is. */
const reviewStandShape = z
  .object({
    round: z.number().int().meta({ description: '第几次送审 / How often it came to the reviewers' }),
    secondLook: z
      .boolean()
      .meta({ description: 'One reviewer has passed it, and a second one looks; customers see false' }),
    askedAt: instantShape.nullable().meta({ description: 'Since when the customer is asked; `findings` has for what' }),
    callsMissed: z.number().int().meta({ description: 'Calls of this round that did not reach the customer' }),
    lastCall: z
      // Object.keys forgets which keys there are, and that there is one.
      .enum(Object.keys(callOutcomes) as [CallOutcome, ...CallOutcome[]])
      .nullable(),
    callAgainAt: instantShape.nullable(),
  })
  .meta({ id: 'ReviewStand' });

export const filingShape = z
  .object({
    id: z.string(),
    accountId: z.string(),
    provider: z.string(),
    kind: z.enum(authorityKinds),
    kindText: textShape,
    state: stateShape,
    stateText: textShape,
    /** Who has to act next. */
    owner: z.enum(['customer', 'reviewer', 'worker', 'authority', 'nobody']),
    actions: z
      .array(z.string())
      .meta({ description: 'What the asker may do now: submit, withdraw, abandon, claim, release, pass, return …' }),
    version: z.number().int(),
    domainName: z.string(),
    serviceKind: z.enum(serviceKinds),
    subjectKind: z.enum(subjectKinds),
    provinceCode: z.string(),
    subjectNumber: z.string().nullable(),
    serviceNumber: z.string().nullable(),
    resourceId: z.string().nullable(),
    codeId: z.string().nullable(),
    review: reviewStandShape.nullable().meta({ description: 'While it waits for review' }),
    claim: claimShape.nullable().meta({ description: 'Null: nobody’s, or the asker is a customer' }),
    findings: z.array(findingShape),
    startedAt: instantShape,
    updatedAt: instantShape,
    dueAt: instantShape.nullable(),
    dueProvisional: z.boolean().meta({ description: 'The day crosses a year whose holidays are not announced yet' }),
    limit: z
      .object({
        amount: z.number().int(),
        unit: z.enum(['days', 'working_days', 'hours']),
        source: z.string(),
        asOf: dayShape.nullable(),
      })
      .nullable()
      .default(null)
      .meta({ description: 'How long the state may take, and who says so; null: it waits for nobody' }),
    reminders: z
      .array(instantShape)
      .default([])
      .meta({ description: 'When the customer is reminded before the filing is due, the earliest first' }),
    reopenUntil: instantShape.nullable().meta({
      description: 'Until when an operator can reopen a filing that lapsed; null for any other',
    }),
  })
  .meta({ id: 'Filing' });

const askedWhenShape = z
  .union([
    z.object({ path: z.string(), oneOf: z.array(z.string()) }),
    z.object({ path: z.string(), noneOf: z.array(z.string()) }),
    z.object({ path: z.string(), notStartingWith: z.string() }),
  ])
  .meta({
    id: 'AskedWhen',
    description: '该栏目在什么条件下填写；path 为同级栏目 / When the field is asked; `path` is a field beside it',
  });

const fieldParts = {
  path: z.string(),
  label: textShape,
  help: textShape.nullable(),
  input: z.enum(fieldInputs).meta({
    description:
      'multi_select: a list of option values; texts: a list of texts; list: a list of records of `item`; until: a day or `long_term`; tick: `yes` or empty; fixed: not to be changed',
  }),
  options: z.array(z.object({ value: z.string(), label: textShape, group: textShape.optional() })),
  required: z.boolean(),
  personal: z.boolean(),
  maxLength: z.number().int().nullable(),
  most: z.number().int().nullable().meta({ description: 'How many there may be of a list' }),
  askedWhen: z.array(askedWhenShape).meta({ description: 'The field is asked where all hold' }),
};
export const itemFieldShape = z.object(fieldParts).meta({ id: 'ItemFieldDefinition' });
export const fieldDefinitionShape = z
  .object({ ...fieldParts, item: z.array(itemFieldShape).meta({ description: 'What each item of a list is asked' }) })
  .meta({ id: 'FieldDefinition' });

/** What services outside are asked about. */
export const lookUpNameShape = z.enum(lookUpNames);

const checkListItemShape = z
  .object({
    rule: z.string(),
    topic: z.string(),
    topicText: textShape,
    because: z.enum(['human', 'fact_missing', 'to_be_seen']).meta({
      description:
        'human: only people can see it; fact_missing: nobody has said what the rule asks; to_be_seen: whether it is met is on paper',
    }),
    missing: z.array(textShape).meta({ description: '尚不知道的内容 / What is not known yet' }),
    lookUp: lookUpNameShape
      .nullable()
      .meta({ description: '可由哪项外部查询得知 / The look-up that could say what is missing' }),
    message: textShape,
    source: z.string().nullable(),
    asOf: z.string(),
  })
  .meta({ id: 'CheckListItem' });

export const formShape = z
  .object({
    version: versionShape.meta({ description: 'Of the filing, as its values are here' }),
    sections: z.array(z.object({ id: z.string(), title: textShape, fields: z.array(fieldDefinitionShape) })),
    values: z.record(z.string(), z.unknown()),
    findings: z.array(findingShape),
    refused: z.array(z.string()).nullable().meta({
      description:
        '被退回后需要修改的栏目；未被退回时为 null / What is to be corrected of a filing that came back; null: nothing was refused',
    }),
    checkList: z.array(checkListItemShape).nullable().meta({
      description: '审核人员须核对的内容；对客户为 null / What a reviewer has to look at; null for customers',
    }),
    reached: z.string().nullable().meta({
      description: '第一个尚未完成的部分；全部完成为 null / The first section with something left to do; null: none',
    }),
  })
  .meta({ id: 'FilingForm' });

export const routeShape = z
  .object({
    need: z.enum(['required', 'not_required', 'advisable']),
    filing: z.enum([...routedKinds, 'elsewhere', 'none']),
    accessible: z.enum(['now', 'after_review', 'after_number']),
    reasons: z.array(z.object({ code: z.string(), message: textShape })),
    steps: z.array(z.unknown()),
  })
  .meta({ id: 'Route' });

/** Kinds of background work, of which items fail, are retried and parked. */
export const workKindShape = z.enum(workKinds);
