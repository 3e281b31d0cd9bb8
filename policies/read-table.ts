import { readFileSync } from 'node:fs';
import { Fault, placesOf } from '@openbeian/model/fault';
import type { z } from 'zod';
import { parseSource } from './document.ts';

/**
 * Reads a YAML file of one shape.
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export function readTable<Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> {
  const parsed = parseSource(readFileSync(file, 'utf8'));
  if ('problem' in parsed) {
    const { line, reason } = parsed.problem;
    const places = [
      { path: `${file}:${line}`, expected: `expected YAML: ${reason}`, expectedZh: `应为 YAML：${reason}` },
    ];
    throw new Fault('input.invalid', { places });
  }
  const { value, lineOf } = parsed.document;
  const table = shape.safeParse(value);
  if (table.success) return table.data;
  const places = placesOf(table.error).map((place) => ({
    ...place,
    path: `${file}:${lineOf(place.path)}: ${place.path}`,
  }));
  throw new Fault('input.invalid', { places });
}
