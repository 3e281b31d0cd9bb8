import { authorityKinds } from '@openbeian/model/filing';
import { z } from 'zod';
import { setting } from './setting.ts';

/** How filings are reviewed. */
export const reviewSchema = z
  .strictObject({
    ticksRequired: setting(
      z.boolean().default(false),
      '通过初审前，核对清单须全部勾选',
      'A filing passes the review only once its check list is ticked',
    ),
    askWorkingDays: setting(
      z.int().min(1).max(30).default(3),
      '审核中要求客户补充的期限（工作日），到期未补充即退回',
      'Working days that a customer has for what is asked during a review; then the filing is returned',
    ),
    callRetryHours: setting(
      z.int().min(1).max(168).default(4),
      '电话未接通后，多少小时后再次拨打',
      'Hours after which to call again when nobody answered',
    ),
    callsBeforeReturn: setting(
      z.int().min(0).max(10).default(2),
      '以电话无法接通为由驳回前，至少要有几次未接通',
      'Missed calls that a rejection because nobody answers needs',
    ),
    secondLook: z
      .strictObject({
        share: setting(
          z.number().min(0).max(1).default(0),
          '由第二人复核的比例：0 为不复核，1 为全部复核；抽中与否事先无法得知',
          'Share of filings that a second reviewer looks at: 0 none, 1 all; nobody knows beforehand which',
        ),
        kinds: setting(
          z.array(z.enum(authorityKinds)).default([]),
          '必须复核的备案类型',
          'Kinds of filings that a second reviewer always looks at',
        ),
        provinces: setting(
          z.array(z.string().regex(/^\d{6}$/)).default([]),
          '必须复核的省份（六位代码）',
          'Provinces, by their six digits, of which a second reviewer always looks at every filing',
        ),
      })
      .prefault({}),
  })
  .prefault({});

/** How long somebody has a filing to themselves. */
export const claimsSchema = z
  .strictObject({
    minutes: setting(
      z.int().min(1).max(1440).default(30),
      '工作人员认领订单后保留多少分钟，到期后他人可以认领',
      'Minutes for which a claim on a filing holds; then somebody else may claim it',
    ),
  })
  .prefault({});
