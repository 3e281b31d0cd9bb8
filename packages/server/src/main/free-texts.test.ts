import { allOperations } from '@openbeian/contract';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { freeTexts } from './testing/free-texts.ts';

interface Shape {
  readonly type?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
}

function textsIn(shape: Shape, path: string): string[] {
  const isText =
    shape.type === 'string' && [shape.enum, shape.const, shape.format, shape.pattern].every((one) => one === undefined);
  return [
    ...(isText ? [path] : []),
    ...Object.entries(shape.properties ?? {}).flatMap(([key, one]) => textsIn(one, `${path}.${key}`)),
    ...(shape.items ? textsIn(shape.items, `${path}[]`) : []),
    ...(typeof shape.additionalProperties === 'object' ? textsIn(shape.additionalProperties, `${path}.*`) : []),
    ...[...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])].flatMap((one) => textsIn(one, path)),
  ];
}

test('every text that people write in their own words is sealed, or in the clear for a reason', () => {
  const found = allOperations.flatMap((operation) => {
    // As the OpenAPI document has it; what this reads of it is above.
    const shape = z.toJSONSchema(operation.body, { io: 'input', unrepresentable: 'any' }) as Shape;
    return textsIn(shape, operation.id);
  });
  expect([...new Set(found)].sort()).toEqual(Object.keys(freeTexts).sort());
});
