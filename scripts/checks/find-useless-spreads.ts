import { Visitor } from 'oxc-parser';
import { nameOf, placeOf, type Source } from './sources.ts';
import type { Violation } from './violation.ts';

/** `{ ...{ a, b } }` and `[...['a', 'b']]`: the same without the spread, which is there only to please the formatter. */
export function findUselessSpreads(source: Source): Violation[] {
  const found: Violation[] = [];
  new Visitor({
    SpreadElement({ argument, start }) {
      if (argument.type !== 'ObjectExpression' && argument.type !== 'ArrayExpression') return;
      found.push({
        what: `${nameOf(source.path)} spreads a literal`,
        message: `${placeOf(source, start)}: spreads a literal that could be written here itself`,
      });
    },
  }).visit(source.program);
  return found;
}
