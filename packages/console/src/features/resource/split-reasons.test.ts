import { expect, test } from 'vitest';
import type { Decision } from '../../api/shapes.ts';
import { splitReasons } from './split-reasons.ts';

const reason = (code: string, remedy: string): Decision['reasons'][number] => ({
  code,
  message: { zh: code, en: code },
  remedy: { action: 'renew', zh: remedy, en: remedy, before: null },
  source: 'test',
});
const decision = (...reasons: Decision['reasons']): Decision => ({ outcome: 'ineligible', reasons, quota: null });

test('a reason of both is said once; one that is fixed otherwise is not the same', () => {
  const [expired, short, other] = [reason('expired', 'renew'), reason('short', 'to May'), reason('short', 'to July')];
  const split = splitReasons({ file: decision(expired, short), issue: decision(other, expired) });
  expect(split).toEqual({ both: [expired], file: [short], issue: [other] });
});
