import { readFileSync } from 'node:fs';
import { Fault, placesOf } from '@openbeian/model/fault';
import type { z } from 'zod';
import { parseSource } from './document.ts';

/**
 * Reads a YAML file of one shape.
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export function readTable<Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> {
  const parsed = parseSource(textOf(file));
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

/** The text of a file. @throws Fault `input.invalid` where it cannot be read, naming it and why */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const places = [
      { path: file, expected: `expected a file that can be read: ${reason}`, expectedZh: `应为可读的文件：${reason}` },
    ];
    throw new Fault('input.invalid', { places });
  }
}
