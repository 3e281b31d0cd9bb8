import { Fault, mostPlaces } from '@openbeian/model/fault';
import { refuseJson } from './refuse-json.ts';
import { findUnstorableText } from './unstorable-text.ts';

/**
 * The value of a JSON text that somebody sent, looked at before and after it is built.
 * @param limitBytes of the text; it limits the number of values
 * @throws Fault `input.invalid` for what is no JSON, nested too deep, has too many values, or text that cannot be kept
 */
export function parseJson(text: string, limitBytes: number): unknown {
  const fault = refuseJson(text, limitBytes);
  if (fault !== null) throw fault;
  const value = parsed(text);
  if (isStorable(text)) return value;
  const { places, count } = findUnstorableText(value, 'body');
  if (count > 0) throw new Fault('input.invalid', { places, morePlaces: Math.max(0, count - mostPlaces) });
  return value;
}

/** A text without escapes of its own has in its values what it has itself; looking at it costs far less than at each value. */
const isStorable = (text: string): boolean =>
  !text.includes('\\u') && !text.includes('"toString"') && !/[\ue000\ue001]/.test(text) && text.isWellFormed();

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault('input.invalid', {
      places: [{ path: 'body', expected: 'one well-formed JSON document', expectedZh: '一份格式正确的 JSON' }],
      cause,
    });
  }
}
