import { expect, test } from 'vitest';
import { readBounded } from './read-bounded.ts';

/** A body of these pieces, which tells whether its reader left before the end. */
function bodyOf(...pieces: string[]) {
  const told = { cancelled: false };
  const bytes = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        const next = bytes.shift();
        if (next === undefined) controller.close();
        else controller.enqueue(next);
      },
      cancel: () => void (told.cancelled = true),
    },
    { highWaterMark: 0 },
  );
  return { told, response: new Response(body) };
}

test('up to the limit everything, counted in bytes and not in characters', async () => {
  expect(await readBounded(bodyOf('备', '案').response, 6)).toBe('备案');
  expect(await readBounded(bodyOf('备', '案').response, 5)).toBeNull();
  expect(await readBounded(new Response(null), 0)).toBe('');
});

test('what is larger is left before its end', async () => {
  const { told, response } = bodyOf('1234', '5678', 'never read');
  expect(await readBounded(response, 7)).toBeNull();
  expect(told.cancelled).toBe(true);
});
