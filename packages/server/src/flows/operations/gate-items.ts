import type { GateDecisions, OperationsHead, SystemFacts } from '../../ports/index.ts';
import { spanOf } from './amounts.ts';
import { gateWords as words } from './gate-words.ts';
import { type Finding, item, itemOf, named, type OperationsItem, ok, partOf, wants } from './item.ts';
import { type HeardGate, isLive } from './process-items.ts';

/** A change is at every gate within seconds; it is noted here some seconds later. */
const lateAfterSeconds = 60;

type Head = Pick<OperationsHead, 'gateVersion' | 'gateChangedSecondsAgo'>;

/** Every gate that was heard of, or why there is none. */
export function gatesItem(
  gates: readonly HeardGate[],
  head: Head,
  system: Pick<SystemFacts, 'hasGates'>,
): OperationsItem {
  if (gates.length > 0) {
    const parts = gates.map((gate) => partOf({ id: gate.name, name: named(gate.name) }, gateFinding(gate, head)));
    const live = gates.filter(isLive).length;
    return itemOf('gates', { text: words.gates(live, head.gateVersion) }, parts);
  }
  if (!system.hasGates) return item('gates', wants('unknown', words.noToken, words.noTokenTodo));
  return item('gates', wants('attention', words.noGate, words.noGateTodo));
}

function gateFinding(gate: HeardGate, { gateVersion, gateChangedSecondsAgo }: Head): Finding {
  const { version, secondsAgo, facts } = gate;
  if (!isLive(gate)) return wants('failing', words.silent(spanOf(secondsAgo)), words.silentTodo);
  const about = words.about({ version, decided: decidedOf(facts.decisions) });
  const { sequence } = facts;
  if (sequence === null) return ok(words.wholeSnapshots(about));
  if (sequence > gateVersion) return wants('attention', words.ahead(about, sequence, gateVersion), words.aheadTodo);
  const behind = gateVersion - sequence;
  if (behind === 0) return ok(words.current(about, sequence));
  const text = words.behind(about, behind, spanOf(gateChangedSecondsAgo));
  return gateChangedSecondsAgo > lateAfterSeconds ? wants('attention', text, words.behindTodo) : ok(text);
}

/** How it has decided since it was started: the sums, and each reason that blocked. */
function decidedOf(decisions: readonly GateDecisions[] | null) {
  if (decisions === null) return null;
  const sumOf = (outcome: GateDecisions['outcome']) =>
    decisions.filter((one) => one.outcome === outcome).reduce((sum, { count }) => sum + count, 0);
  const reasons = decisions
    .filter(({ outcome, count }) => outcome !== 'allow' && count > 0)
    .map(({ reason, count }) => ({ reason, count }));
  return { allowed: sumOf('allow'), refused: sumOf('block') + sumOf('indeterminate'), reasons };
}
