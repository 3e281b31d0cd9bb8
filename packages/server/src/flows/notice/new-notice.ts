import type { NewNotice } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

type Said = Pick<NewNotice, 'accountId' | 'type' | 'about'> & Partial<Omit<NewNotice, 'id' | 'at' | 'mailsPeople'>>;

/** A notice of now, which people are mailed where this deployment mails. It is about nothing but what is said. */
export const newNotice = ({ deps, at }: Pick<Step, 'deps' | 'at'>, said: Said): NewNotice => ({
  id: deps.ids.next('ntc'),
  at,
  mailsPeople: deps.notifier.enabled,
  resourceId: null,
  webhookId: null,
  codes: 0,
  stopsOn: null,
  daysLeft: null,
  ...said,
});
