import type { FaultText } from './fault-text.ts';

/** What a reviewer, or the customer whom a reviewer asks, can be refused. */
export const reviewFaults = {
  'review.own_work': {
    zh: '提交人不能审核自己提交的订单，请由另一位审核员处理。',
    en: 'You cannot review a filing you submitted. Another reviewer must do it.',
    internal: 'Two-person separation between submit and review.',
    retry: 'never',
  },
  'review.second_person': {
    zh: '您已通过该订单的初审，复核须由另一位审核员完成。',
    en: 'You passed this filing first. Another reviewer must look at it a second time.',
    internal: 'Two different people where the policy asks for a second look.',
    retry: 'never',
  },
  'review.checks_open': {
    zh: '核对清单还有未勾选的项目，请逐项核对并勾选后再通过。',
    en: 'The check list has items that are not ticked. Look at each and tick it before you approve.',
    internal: 'The deployment asks for ticks (`review.ticksRequired`).',
    retry: 'never',
  },
  'review.verification_open': {
    zh: '还有负责人未核验，或核验未通过。请先核验每一位负责人，再通过初审。',
    en: 'The identity of somebody in charge is not verified. Decide about each of them before you approve.',
    internal:
      'The deployment asks for verification (`verification.required`), and a person of the filing has not passed.',
    retry: 'after_reload',
  },
  'verification.not_asked': {
    zh: '该负责人无须核验，或不能用手机核验。请刷新后查看核验方式。',
    en: 'This person is not verified for the filing, or not on a telephone. Reload to see how they are verified.',
    internal: 'Nobody in that role is to be verified, or no service verifies a certificate of that kind.',
    retry: 'after_reload',
  },
  'verification.too_many': {
    zh: '该负责人今天获取核验链接的次数已达上限，请明天再试，或改用核验单、现场核验。',
    en: 'This person has had as many links as one day allows. Try again tomorrow, or choose a verification sheet or an appointment.',
    internal: 'startVerification found `startsPerDay` links of the last 24 hours.',
    retry: 'later',
  },
  'review.asked': {
    zh: '正在等待客户补充内容。请等客户提交补充、期限届满，或直接驳回。',
    en: 'The customer is asked for something. Wait for the answer or the end of its time limit, or reject the filing.',
    internal: 'A pass or a second question while one is open.',
    retry: 'never',
  },
  'review.calls_left': {
    zh: '以“电话无法接通”驳回前，须按规定次数拨打。请先登记拨打情况，到时间再次拨打。',
    en: 'Before a filing is rejected because nobody answers, it must be called as often as the policy says. Record the calls first.',
    internal: 'Fewer missed calls in this round than `review.callsBeforeReturn`.',
    retry: 'never',
  },
} as const satisfies Record<string, FaultText>;
