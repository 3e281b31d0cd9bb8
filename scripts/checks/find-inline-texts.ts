import { type Expression, type PrivateIdentifier, Visitor } from 'oxc-parser';
import { nameOf, placeOf, type Source } from './sources.ts';
import type { Violation } from './violation.ts';

/**
 * `lang === 'zh' ? '…' : '…'`: texts for people lie in a feature's `words.ts`, both languages in one record, where the type
 * checker asks for the one that is missing. Picking a language (`'zh-CN'`) is let through.
 */
export function findInlineTexts(source: Source): Violation[] {
  if (source.isForTests) return [];
  const found: Violation[] = [];
  new Visitor({
    ConditionalExpression({ test, consequent, alternate, start }) {
      if (!asksForLanguage(test) || (isTag(consequent) && isTag(alternate))) return;
      found.push({
        what: `${nameOf(source.path)} picks a text by language`,
        message: `${placeOf(source, start)}: a text for people belongs in the words.ts beside its feature, in both languages`,
      });
    },
  }).visit(source.program);
  return found;
}

/** `x === 'zh'`, `x !== 'en'`, or a flag that was made of it. */
function asksForLanguage(test: Expression): boolean {
  if (test.type === 'BinaryExpression') return [test.left, test.right].some(isLanguage);
  return test.type === 'Identifier' && /^(is)?(zh|en|chinese|english)$/i.test(test.name);
}

const isLanguage = (side: Expression | PrivateIdentifier): boolean =>
  side.type === 'Literal' && (side.value === 'zh' || side.value === 'en');

const isTag = (branch: Expression): boolean =>
  branch.type === 'Literal' && typeof branch.value === 'string' && /^(zh|en)(-[A-Z]{2})?$/.test(branch.value);
