import { dayOf } from '@openbeian/model/calendar';
import { normaliseHost } from '@openbeian/model/domain-name';
import { decideHost, explainGateReason, indexGateRecords } from '@openbeian/model/gate';
import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';

/** Why a host is served or blocked, by the records of this moment, and what to do next. */
export const explainHost = query(
  { id: 'explainHost', faults: [] },
  async ({ deps, tx, at: now }: Step, input: { readonly host: string }) => {
    const at = dayOf(now);
    const read = normaliseHost(input.host);
    const names = [read.host, read.registrableName].filter((name) => name !== null);
    const records = await tx.gateLog.find(names);
    const context = {
      provider: deps.provider,
      defaultNames: new Set(deps.gate.defaultNames),
      outsideMainland: deps.gate.region !== 'cn-mainland',
      blockPage: '/',
    };
    const { host, outcome, reason, filingDomain } = decideHost(input.host, indexGateRecords(records), context, at);
    const { message, next } = explainGateReason(reason);
    return { host, outcome, reason, filingDomain, message, next, at };
  },
);
