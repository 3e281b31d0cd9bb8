import type { Notifier } from '../ports/outbound.ts';

/** For deployments that send no mail. */
export const noNotifier: Notifier = {
  enabled: false,
  send: () => Promise.reject(new Error('no mail server is configured')),
};
