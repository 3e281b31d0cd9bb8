import { z } from 'zod';
import { findUncarriable, isXmlText } from '../package/characters.ts';
import { type GroupNode, type Part, partOf, type SchemaNode, type TextNode } from './node.ts';
import { formatOf } from './text-formats.ts';

/**
 * The strict side of a description: what is sent must have everything that it asks for and nothing else, in text that GBK can
 * carry. Each issue's path is that of the element.
 */
export function zodOf(node: SchemaNode): z.ZodType {
  const known = made.get(node);
  if (known !== undefined) return known;
  const shape = makeZod(node);
  made.set(node, shape);
  return shape;
}

/** Descriptions are constants, so each is translated once. */
const made = new WeakMap<SchemaNode, z.ZodType>();

function makeZod(node: SchemaNode): z.ZodType {
  if (node.kind === 'long') {
    const least = z.int().min(node.min);
    return node.max === null ? least : least.max(node.max);
  }
  return node.kind === 'text' ? zodText(node) : zodGroup(node);
}

function zodText(node: TextNode): z.ZodType {
  const least = z.string().min(node.min);
  const shape = (node.max === null ? least : least.max(node.max)).superRefine((value, context) => {
    const trouble = troubleOf(value);
    if (trouble !== null) context.addIssue({ code: 'custom', params: trouble });
  });
  const format = formatOf(node);
  return format === null ? shape : shape.refine(format.matches, { params: { zh: format.zh, en: format.en } });
}

/** A text that would arrive as another one, or not at all. */
function troubleOf(value: string): { zh: string; en: string } | null {
  const lost = findUncarriable(value);
  if (lost.length > 0) {
    const named = lost.map(({ character, name }) => `${character}（${name}）`).join('、');
    const namedEn = lost.map(({ character, name }) => `${character} (${name})`).join(', ');
    return {
      zh: `管局接口使用 GBK 编码，无法报送以下字符：${named}`,
      en: `the interface is encoded in GBK, which does not have ${namedEn}`,
    };
  }
  return isXmlText(value) ? null : { zh: '不能含有控制字符', en: 'expected text without control characters' };
}

function zodGroup(node: GroupNode): z.ZodType {
  const parts = Object.entries(node.parts).map(([name, each]) => [name, partOf(each)] as const);
  const isChoice = node.kind === 'choice';
  const shape = z.strictObject(Object.fromEntries(parts.map(([name, part]) => [name, zodPart(part, isChoice)])));
  if (!isChoice) return shape;
  const names = parts.map(([name]) => name).join(', ');
  return shape.refine((value) => Object.values(value).filter((each) => each !== undefined).length === 1, {
    params: { zh: `应为以下之一：${names}`, en: `expected exactly one of ${names}` },
  });
}

function zodPart({ node, isList, min, max }: Part, isChoice: boolean): z.ZodType {
  if (isList) {
    const least = z.array(zodOf(node)).min(min);
    const shape = max === null ? least : least.max(max);
    return min === 0 || isChoice ? shape.optional() : shape;
  }
  return min === 0 || isChoice ? zodOf(node).optional() : zodOf(node);
}
