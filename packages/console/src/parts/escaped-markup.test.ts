import { expect, test } from 'vitest';
import { escapedMarkup } from './escaped-markup.ts';

test('no text is a tag, an entity or the end of an attribute', () => {
  expect(escapedMarkup('<b a="甲"> & &amp;')).toBe('&lt;b a=&quot;甲&quot;&gt; &amp; &amp;amp;');
});
