import { ZenEngine } from '@gorules/zen-engine';
import { Environment } from '@marcbachmann/cel-js';
import { Engine } from 'json-rules-engine';
import type { Facts } from './facts.ts';
import type { Rule, Test } from './rules.ts';

/** Which rules hold for the facts, of the rules of the product, in their order. */
export type Peer = (facts: Facts) => readonly boolean[] | Promise<readonly boolean[]>;

type RulesByProduct = ReadonlyMap<string, readonly Rule[]>;

/** An engine per product, so that no engine looks at rules of others. */
function perProduct(rules: RulesByProduct, make: (rules: readonly Rule[]) => Peer): Peer {
  const peers = new Map([...rules].map(([product, those]) => [product, make(those)]));
  return (facts) => {
    const peer = peers.get(facts.product);
    if (peer === undefined) throw new Error(`no rules for ${facts.product}`);
    return peer(facts);
  };
}

/** CEL: one expression per product that yields the list of all that holds, parsed once. */
export function celPeer(rules: RulesByProduct): Peer {
  const environment = new Environment({
    unlistedVariablesAreDyn: true,
    limits: { maxAstNodes: 100_000, maxListElements: 10_000 },
  });
  const term = ({ fact, op, value }: Test) => {
    if (op === 'in') return `${fact} in ${JSON.stringify(value)}`;
    if (op === 'notIn') return `!(${fact} in ${JSON.stringify(value)})`;
    return `${fact} ${op} ${typeof value === 'number' ? value.toFixed(1) : JSON.stringify(value)}`;
  };
  return perProduct(rules, (those) => {
    const text = those.map(({ all }) => (all.length === 0 ? 'true' : all.map(term).join(' && ')));
    const evaluate = environment.parse(`[${text.join(', ')}]`);
    return (facts) => evaluate(facts) as boolean[];
  });
}

/** zen-engine: a decision per product with one expression per rule. */
export function zenPeer(rules: RulesByProduct): Peer {
  const engine = new ZenEngine();
  const literal = (value: unknown) => JSON.stringify(value);
  const term = ({ fact, op, value }: Test) => {
    if (op === 'in') return `${fact} in ${literal(value)}`;
    if (op === 'notIn') return `not (${fact} in ${literal(value)})`;
    return `${fact} ${op} ${literal(value)}`;
  };
  return perProduct(rules, (those) => {
    const expressions = those.map(({ all }, index) => ({
      id: `e${index}`,
      key: `r${index}`,
      value: all.length === 0 ? 'true' : all.map(term).join(' and '),
    }));
    const decision = engine.createDecision({
      contentType: 'application/vnd.gorules.decision',
      nodes: [
        { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
        { id: 'rules', name: 'rules', type: 'expressionNode', position: { x: 1, y: 0 }, content: { expressions } },
        { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } },
      ],
      edges: [
        { id: 'a', sourceId: 'in', targetId: 'rules', type: 'edge' },
        { id: 'b', sourceId: 'rules', targetId: 'out', type: 'edge' },
      ],
    });
    return async (facts) => {
      const { result } = await decision.evaluate(facts);
      return those.map((_, index) => (result as Record<string, boolean>)[`r${index}`] === true);
    };
  });
}

const operators = { '==': 'equal', '!=': 'notEqual', '<': 'lessThan', in: 'in', notIn: 'notIn' } as const;

/** json-rules-engine: an engine per product, an event per rule. */
export function jsonRulesPeer(rules: RulesByProduct): Peer {
  return perProduct(rules, (those) => {
    const engine = new Engine([], { replaceFactsInEventParams: false });
    those.forEach(({ all }, index) => {
      const conditions =
        all.length === 0
          ? [{ fact: 'product', operator: 'notEqual', value: '' }]
          : all.map(({ fact, op, value }) => ({ fact, operator: operators[op], value }));
      engine.addRule({ conditions: { all: conditions }, event: { type: String(index) } });
    });
    return async (facts) => {
      const { events } = await engine.run(facts);
      const holds = those.map(() => false);
      for (const { type } of events) holds[Number(type)] = true;
      return holds;
    };
  });
}

/** The outcome of one use, from the rules that hold. */
export function outcomeFrom(use: Rule['use'], rules: readonly Rule[], holds: readonly boolean[]): string {
  const order = ['not_required', 'not_applicable', 'ineligible', 'indeterminate'] as const;
  return (
    order.find((outcome) =>
      rules.some((rule, index) => holds[index] && rule.use === use && rule.outcome === outcome),
    ) ?? 'eligible'
  );
}
