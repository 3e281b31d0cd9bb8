import { expect, it } from 'vitest';
import { protectTerminal } from './terminal.ts';

function output(isTTY: boolean) {
  const written: (string | Uint8Array)[] = [];
  const write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    written.push(chunk);
    for (const done of rest) if (typeof done === 'function') done();
    return true;
  };
  const stream = { isTTY, write };
  protectTerminal(stream);
  return { stream, written };
}

it('shows a terminal what would control it', () => {
  const { stream, written } = output(true);
  let done = 0;
  stream.write('第一行\n\tx\u001b[31mRED\u001b[2J\u0007\u009b31m\rover\u202egpj.exe\r\n', () => (done += 1));
  const half = Buffer.from('中\u001b');
  stream.write(half.subarray(0, 2), 'utf8', () => (done += 1));
  stream.write(half.subarray(2));
  expect(written.join('')).toBe(
    '第一行\n\tx\\u001b[31mRED\\u001b[2J\\u0007\\u009b31m\\u000dover\\u202egpj.exe\n中\\u001b',
  );
  expect(done).toBe(2);
});

it('leaves files and pipes their bytes', () => {
  const { stream, written } = output(false);
  const bytes = Buffer.from([27, 0, 255]);
  stream.write(bytes);
  stream.write('\u001b[0m');
  expect(written).toEqual([bytes, '\u001b[0m']);
});
