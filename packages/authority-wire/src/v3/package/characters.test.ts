import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { has, run } from '../testing/programs.ts';
import { encodeGbk, findUncarriable, isXmlText } from './characters.ts';

describe('characters that GBK cannot carry', () => {
  test('are found, each once, with their code point; the others are let pass', () => {
    expect(findUncarriable('张㐂𠮷𠮷‑€™')).toEqual([
      { character: '㐂', name: 'U+3402' },
      { character: '𠮷', name: 'U+20BB7' },
      { character: '‑', name: 'U+2011' },
      { character: '€', name: 'U+20AC' },
      { character: '™', name: 'U+2122' },
    ]);
    expect(findUncarriable('䶮堃犇喆〇·—、（）【】Ａ１ abc ~\n')).toEqual([]);
  });

  test('half a pair is none of any encoding; five are named at most', () => {
    expect(findUncarriable('a\ud842b')).toEqual([{ character: '\ufffd', name: 'U+D842' }]);
    expect(findUncarriable('㐀㐁㐂㐃㐄㐅㐆')).toHaveLength(5);
  });

  test('the private use area is nobody’s, and of ḿ readers of GBK make different things', () => {
    expect(findUncarriable('\ue000\uf8ffḿ')).toHaveLength(3);
  });

  const everyCharacter = Array.from({ length: 0x10000 - 0x20 }, (_, index) => String.fromCharCode(index + 0x20)).filter(
    (character) => character.isWellFormed(),
  );
  const carried = everyCharacter.filter((character) => findUncarriable(character).length === 0);

  test('are all others: 95 of ASCII, one control character and 21,871 of two bytes', () => {
    expect(carried.length).toBe(95 + 1 + 21_871);
  });

  // GB 18030 has GBK’s characters at GBK’s bytes; iconv’s own GBK lacks 80 that had no code point when its table was made.
  test.skipIf(!has('iconv'))('what is let pass has the bytes that iconv gives it, and iconv reads it back', () => {
    const text = carried.join('');
    expect(run('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], Buffer.from(text)).equals(encodeGbk(text))).toBe(true);
    expect(run('iconv', ['-f', 'GB18030', '-t', 'UTF-8'], encodeGbk(text)).toString()).toBe(text);
  });

  test.skipIf(!has('iconv'))('all that iconv’s own GBK has is let pass, but € and the private use area', () => {
    const all = Buffer.from(everyCharacter.join(''));
    const theirs = run('iconv', ['-f', 'GBK', '-t', 'UTF-8'], run('iconv', ['-c', '-f', 'UTF-8', '-t', 'GBK'], all));
    const refused = [...theirs.toString()].filter((character) => findUncarriable(character).length > 0);
    expect(refused.filter((character) => !/\p{Co}/u.test(character))).toEqual(['€']);
    expect(carried.length - (theirs.toString().length - refused.length)).toBe(80);
  });

  test('libxml2 reads every character that is let pass', () => {
    const text = carried.filter((character) => !'<&\u007f'.includes(character));
    using document = XmlDocument.fromBuffer(encodeGbk(`<?xml version="1.0" encoding="GBK"?><a>${text.join('')}</a>`));
    const again = [...document.root.content];
    expect(again.length).toBe(text.length);
    expect(text.filter((character, index) => character !== again[index])).toEqual([]);
  });
});

test.each([
  ['张三\t\r\n', true],
  ['\u0000', false],
  ['\u000b', false],
  ['\uffff', false],
  ['\ud800', false],
])('%j: XML may hold it: %s', (text, expected) => {
  expect(isXmlText(text)).toBe(expected);
});
