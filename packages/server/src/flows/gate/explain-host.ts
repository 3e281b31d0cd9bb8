import { dayOf } from '@openbeian/model/calendar';
import { nameKindOf, normaliseHost } from '@openbeian/model/domain-name';
import { decideHost, explainGateDecision, type GateDecision, indexGateRecords } from '@openbeian/model/gate';
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
    const decision = decideHost(input.host, indexGateRecords(records), context, at);
    const { host, outcome, reason, filingDomain } = decision;
    const { message, next } = explainGateDecision(decision);
    return { host, outcome, reason, filingDomain, message, next, topics: topicsOf(decision), at };
  },
);

/** Where the help speaks of it. What is special about the name comes first: it is why the rest is as it is. */
function topicsOf({ host, reason, outcome }: GateDecision): readonly string[] {
  const name = outcome === 'allow' ? null : nameKindOf(host);
  const topics = [`reason:${reason}`];
  if (name === null) return topics;
  if (name.platform !== null) return ['reason:route.platform_name', ...topics];
  if (name.kind === 'internal') return ['reason:route.internal_name', ...topics];
  return name.suffixListed ? topics : ['reason:route.suffix_not_listed', ...topics];
}
