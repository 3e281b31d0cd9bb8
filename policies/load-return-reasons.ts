import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Fault, placesOf } from '@openbeian/model/fault';
import { type ReturnReason, returnReasonsSchema } from '@openbeian/model/filing';
import { parseSource } from './document.ts';

const shipped = fileURLToPath(new URL('./rejections.yaml', import.meta.url));

/**
 * Reads the catalogue of reasons for returning a filing (default: the one that comes with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export function loadReturnReasons(file: string = shipped): readonly ReturnReason[] {
  const parsed = parseSource(readFileSync(file, 'utf8'));
  if ('problem' in parsed) {
    const { line, reason } = parsed.problem;
    const places = [
      { path: `${file}:${line}`, expected: `expected YAML: ${reason}`, expectedZh: `应为 YAML：${reason}` },
    ];
    throw new Fault('input.invalid', { places });
  }
  const { value, lineOf } = parsed.document;
  const reasons = returnReasonsSchema.safeParse(value);
  if (reasons.success) return reasons.data.reasons;
  const places = placesOf(reasons.error).map((place) => ({
    ...place,
    path: `${file}:${lineOf(place.path)}: ${place.path}`,
  }));
  throw new Fault('input.invalid', { places });
}
