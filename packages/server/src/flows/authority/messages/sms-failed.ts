import type { Finding } from '@openbeian/model/forms';
import { advanceFiling } from '../../filing/advance-filing.ts';
import { filingKindFlows } from '../../filing/kinds.ts';
import type { ApplyToFiling } from './message-step.ts';
import { reportAll } from './sms-progress.ts';

/** The SMS was not confirmed in time or entered wrongly too often: the filing comes back to its customer. */
export const applySmsFailed: ApplyToFiling<'sms_failed'> = async (
  step,
  filing,
  { cause, submissionId, sentAt: at },
) => {
  // Who failed is said of that person alone; nobody else's code is good any more either.
  await reportAll(step, filing, { submissionId, state: 'expired', at });
  if (filing.state !== 'awaiting_sms') return;
  await advanceFiling(step, filing, 'fail_sms', { change: { findings: [smsFindings[cause]] }, detail: { cause } });
  await filingKindFlows[filing.kind].onEnded(step, filing);
};

const smsFindings: Record<'timed_out' | 'too_many_attempts', Finding> = {
  timed_out: {
    field: null,
    rule: 'sms.timed_out',
    message: { zh: '24 小时内没有完成短信核验', en: 'The SMS was not confirmed within 24 hours' },
    remedy: {
      zh: '信息无需修改的可直接重新提交，收到短信后尽快核验。',
      en: 'If nothing needs changing, submit again and confirm the SMS as soon as it comes.',
    },
    source: 'TC-SMS',
    from: 'authority',
  },
  too_many_attempts: {
    field: null,
    rule: 'sms.too_many_attempts',
    message: { zh: '短信核验多次输入错误', en: 'The SMS code was entered wrongly too often' },
    remedy: { zh: '核对手机号码和证件号码后重新提交。', en: 'Check mobile and certificate number, then submit again.' },
    source: 'TC-SMS',
    from: 'authority',
  },
};
