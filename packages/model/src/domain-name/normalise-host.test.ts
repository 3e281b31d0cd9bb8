import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseHost } from './index.ts';

describe('names', () => {
  test.each([
    ['example.cn', 'example.cn', 'example.cn'],
    ['Shop.Example.CN', 'shop.example.cn', 'example.cn'],
    ['a.b.shop.example.com.cn', 'a.b.shop.example.com.cn', 'example.com.cn'],
    ['example.cn.', 'example.cn', 'example.cn'],
    ['example.cn:8080', 'example.cn', 'example.cn'],
    ['example.cn.:443', 'example.cn', 'example.cn'],
    ['example.cn:', 'example.cn', 'example.cn'],
    [' example.cn\t', 'example.cn', 'example.cn'],
    ['商店.例子.中国', '商店.例子.中国', '例子.中国'],
    ['商店。例子．中国', '商店.例子.中国', '例子.中国'],
    ['xn--fsqu00a.xn--fiqs8s', '例子.中国', '例子.中国'],
    ['XN--FSQU00A.CN', '例子.cn', '例子.cn'],
    ['ｅｘａｍｐｌｅ．ｃｎ', 'example.cn', 'example.cn'],
    ['例子.公司.cn', '例子.公司.cn', '例子.公司.cn'],
    ['www.例子.公司.cn', 'www.例子.公司.cn', '例子.公司.cn'],
    ['x.y.ah.cn', 'x.y.ah.cn', 'y.ah.cn'],
    ['exam\u00adple.cn', 'example.cn', 'example.cn'],
    ['shop.github.io', 'shop.github.io', 'github.io'],
    ['_acme-challenge.example.cn', '_acme-challenge.example.cn', 'example.cn'],
    ['a--b.example.cn', 'a--b.example.cn', 'example.cn'],
    ['host.internal', 'host.internal', 'host.internal'],
    ['127.0.0.1.example.cn', '127.0.0.1.example.cn', 'example.cn'],
    ['1.cn', '1.cn', '1.cn'],
    [`${'a'.repeat(63)}.cn`, `${'a'.repeat(63)}.cn`, `${'a'.repeat(63)}.cn`],
  ])('%s', (typed, host, registrableName) => {
    expect(normaliseHost(typed)).toEqual({ kind: 'name', host, registrableName });
  });

  test.each(['cn', 'com.cn', 'localhost', '公司.cn', 'xn--fiqs8s'])('nobody registers %s', (typed) => {
    expect(normaliseHost(typed)).toMatchObject({ kind: 'name', registrableName: null });
  });
});

describe('addresses', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:8080', '192.0.2.7'],
    ['192.0.2.7.', '192.0.2.7'],
    ['127.1', '127.0.0.1'],
    ['0x7f.1', '127.0.0.1'],
    ['0x7F000001', '127.0.0.1'],
    ['0177.0.0.01', '127.0.0.1'],
    ['2130706433', '127.0.0.1'],
    ['１２７。０．０.1', '127.0.0.1'],
  ])('%s is %s', (typed, host) => {
    expect(normaliseHost(typed)).toEqual({ kind: 'ipv4', host, registrableName: null });
  });

  test.each([
    ['[::1]', '[::1]'],
    ['[::1]:8080', '[::1]'],
    ['::1', '[::1]'],
    ['2001:DB8:0:0::7', '[2001:db8::7]'],
    ['[::ffff:192.0.2.7]', '[::ffff:c000:207]'],
  ])('%s is %s', (typed, host) => {
    expect(normaliseHost(typed)).toEqual({ kind: 'ipv6', host, registrableName: null });
  });
});

describe('malformed', () => {
  test.each([
    '',
    ' ',
    '.',
    '..',
    ':80',
    '.example.cn',
    'example..cn',
    'example.cn..',
    'exa mple.cn',
    'example.cn:65536',
    'example.cn:80:80',
    'example.cn:http',
    'http://example.cn',
    'example.cn/path',
    'example.cn?x',
    'user@example.cn',
    '*.example.cn',
    '-a.example.cn',
    'a-.example.cn',
    'exa_mple.cn',
    'example.cn\u0000',
    'example.cn\r\nX: y',
    'xn--a.cn',
    'a\u200d.cn',
    '\ud800.cn',
    '256.0.0.1',
    '1.2.3.4.5',
    'example.1',
    '[::1',
    '::1]',
    '[::1%eth0]',
    '[::g]',
    '[]',
    ':::',
    '1::2::3',
    `${'a'.repeat(64)}.cn`,
    `${'a.'.repeat(126)}cn`,
    '例'.repeat(60).concat('.cn'),
    'a'.repeat(100_000),
  ])('%j', (typed) => {
    expect(normaliseHost(typed)).toEqual({ kind: 'malformed', host: null, registrableName: null });
  });
});

describe('for every text', () => {
  test('plain names are read as the full UTS-46 reads them', () => {
    // A soft hyphen is ignored by UTS-46 and takes the text off the short way.
    const plainText = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}(\.(cn|com\.cn|COM|1|0x1f))?$/);
    fc.assert(
      fc.property(plainText, (text) => {
        expect(normaliseHost(text)).toEqual(normaliseHost(`\u00ad${text}`));
      }),
      { numRuns: 2000 },
    );
  });

  const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?$/).filter((l) => !l.startsWith('xn--'));
  const han = fc.stringMatching(/^[\u4e00-\u9fa5]{1,8}$/);

  test('never throws, and a normal form is its own normal form', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('.', ':', '[', ']', 'xn--', '例', '。', '0x', '1', 'cn', '\ud800'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const read = normaliseHost(pieces.join(''));
        if (read.host !== null) expect(normaliseHost(read.host)).toEqual(read);
        if (read.registrableName !== null) {
          expect(normaliseHost(read.registrableName)).toMatchObject({ host: read.registrableName });
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('a subdomain has the registrable name of its parent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(label, han), { maxLength: 3 }),
        fc.oneof(label, han),
        fc.constantFrom('cn', 'com.cn', '中国', 'xn--fiqs8s', '公司.cn'),
        (below, own, suffix) => {
          const name = normaliseHost(`${own}.${suffix}`).registrableName;
          fc.pre(name !== null);
          expect(normaliseHost([...below, own, suffix].join('.').toUpperCase()).registrableName).toBe(name);
        },
      ),
    );
  });
});
