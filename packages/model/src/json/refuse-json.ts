import { Fault } from '@openbeian/model/fault';

/** How deeply values may be nested; the deepest value of any operation is an inventory's address, at 5. */
const deepestNesting = 16;
/** The fewest bytes that a value takes on average; a body of nothing but empty lists has more values than any text. */
const bytesPerValue = 8;

const quote = 0x22;
const backslash = 0x5c;

/**
 * Looks at a JSON text before anything is built of it: what is nested deeper, or has more values, than any input of ours is
 * refused. Text that is not JSON passes; the parser refuses it.
 */
export function refuseJson(json: string, limitBytes: number): Fault | null {
  const mostValues = Math.ceil(limitBytes / bytesPerValue);
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case quote:
        at = endOfString(json, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        if (depth > deepestNesting) return tooDeep();
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case 0x2c: // ,
        values += 1;
        if (values > mostValues) return tooMany(mostValues);
        break;
    }
  }
  return null;
}

/** Where the string that begins at `at` ends. */
function endOfString(json: string, at: number): number {
  for (let end = at + 1; end < json.length; end += 1) {
    const unit = json.charCodeAt(end);
    if (unit === backslash) end += 1;
    else if (unit === quote) return end;
  }
  return json.length;
}

function tooDeep(): Fault {
  const expected = `values nested at most ${deepestNesting} deep`;
  return new Fault('input.invalid', {
    places: [{ path: 'body', expected, expectedZh: `嵌套不应超过 ${deepestNesting} 层` }],
  });
}

function tooMany(mostValues: number): Fault {
  const expected = `at most ${mostValues} values in all`;
  return new Fault('input.invalid', {
    places: [{ path: 'body', expected, expectedZh: `全部取值不应超过 ${mostValues} 个` }],
  });
}
