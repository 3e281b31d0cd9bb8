import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findFilingNumbers, numberProblemCodes, parseFilingNumbers, provinceLetters } from './index.ts';

const at = '2026-11-21';
const rows = (name: string) =>
  readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .slice(1)
    .map((line) => line.split('\t'));
const canonicals = (text: string, read = parseFilingNumbers) => read(text, at).numbers.map((n) => n.canonical);

/** How the collector called each form, and what it must be read as. */
const formFacts: Record<string, { kind: string; service?: 'website' | 'app' | 'mini_program' | null }> = {
  main8: { kind: 'subject', service: null },
  main10: { kind: 'subject', service: null },
  site8: { kind: 'service', service: 'website' },
  site10: { kind: 'service', service: 'website' },
  app8: { kind: 'service', service: 'app' },
  app10: { kind: 'service', service: 'app' },
  mini10: { kind: 'service', service: 'mini_program' },
  'licence-main': { kind: 'licence', service: null },
  'licence-site': { kind: 'licence', service: 'website' },
  'licence-site spaced': { kind: 'licence', service: 'website' },
  'licence-mini': { kind: 'licence', service: 'mini_program' },
  'cross-region licence': { kind: 'licence', service: null },
  'licence-zheng': { kind: 'icp_licence', service: 'website' },
  'licence-zheng site': { kind: 'icp_licence', service: 'website' },
  'licence-zheng main': { kind: 'icp_licence', service: null },
  'police12 legacy': { kind: 'public_security', service: null },
  police14: { kind: 'public_security', service: null },
  'police14 spaced': { kind: 'public_security', service: null },
  'police14 no-hao': { kind: 'public_security', service: null },
  'no-hao': { kind: 'subject', service: null },
  'no-hao+suffix': { kind: 'service', service: 'website' },
  'space+main8': { kind: 'subject', service: null },
  'space+site8': { kind: 'service', service: 'website' },
  'space+no-hao': { kind: 'subject', service: null },
  'suffix-before-hao': { kind: 'service', service: 'website' },
  'trailing-dot': { kind: 'subject', service: null },
  spaced: { kind: 'subject', service: null },
};

describe('numbers shown on real pages', () => {
  test.each(rows('real-filing-numbers.tsv'))('%s (%s)', (shown = '', form = '') => {
    const reading = parseFilingNumbers(shown, at);
    if (form === 'duplicated-prefix') {
      expect(reading.valid).toBe(false);
      expect(canonicals(shown, findFilingNumbers)).toEqual(['晋ICP备15001663号']);
      return;
    }
    const facts = formFacts[form];
    expect(facts, `form ${form} is known to this test`).toBeDefined();
    expect(reading.problem).toBeNull();
    expect(reading.numbers).toHaveLength(1);
    expect(reading.numbers[0]).toMatchObject({ kind: facts?.kind, serviceKind: facts?.service });
    expect(reading.numbers[0]?.service === null).toBe(facts?.service === null);
  });
});

describe('near misses', () => {
  test.each(rows('filing-number-near-misses.tsv'))('%s: %s %s', (input = '', expected = '', canonical = '') => {
    const reading = parseFilingNumbers(input, at);
    if (expected === 'normalise') {
      expect(reading.problem).toBeNull();
      expect(reading.numbers.map((n) => n.canonical)).toEqual(canonical.split(' + '));
      return;
    }
    expect(reading).toMatchObject({ valid: false, numbers: [] });
    expect(reading.problem?.zh).not.toBe('');
    expect(canonicals(input, findFilingNumbers)).toEqual(expected === 'reject-strict' ? [canonical] : []);
  });
});

describe('what the data files do not show', () => {
  test.each([
    ['粤ICP备2026000123号-1', '粤ICP备2026000123号-1', 'service', 1, 'website'],
    ['粤ＩＣＰ備2026000123號－１ａ', '粤ICP备2026000123号-1A', 'service', 1, 'app'],
    ['京ICP备11018762号-4k', '京ICP备11018762号-4K', 'service', 4, 'quick_app'],
    ['粤icp备2026000123号-1019x。', '粤ICP备2026000123号-1019X', 'service', 1019, 'mini_program'],
    ['京ICP备20000001号', '京ICP备20000001号', 'subject', null, null],
    ['京ICP备05000001号', '京ICP备05000001号', 'subject', null, null],
    ['京ICP备2020000001号', '京ICP备2020000001号', 'subject', null, null],
    ['滇ICP备09010050-2A号', '滇ICP备09010050号-2A', 'service', 2, 'app'],
    ['京ICP证030173', '京ICP证030173号', 'icp_licence', null, null],
    ['川B2-20030101', '川B2-20030101', 'licence', null, null],
    ['黔B2-20050029-3', '黔B2-20050029-3', 'licence', 3, 'website'],
    ['京A2-20150001', '京A2-20150001', 'licence', null, null],
    ['川公网安备51010402000001号', '川公网安备51010402000001号', 'public_security', null, null],
    ['蜀公网安备51010402000001号', '蜀公网安备51010402000001号', 'public_security', null, null],
    [
      '\u2067粤\u200bICP\ufeff备\u00a02026000123\u3000号\u2043\u00ad0012',
      '粤ICP备2026000123号-12',
      'service',
      12,
      'website',
    ],
    ['京ICP备11018762号；。.,', '京ICP备11018762号', 'subject', null, null],
  ])('%j is %s', (input, canonical, kind, service, serviceKind) => {
    expect(parseFilingNumbers(input, at)).toEqual({
      valid: true,
      numbers: [{ canonical, kind, province: expect.anything(), service, serviceKind }],
      problem: null,
    });
  });

  test.each(['A2.B1.B2-20090001', 'B2-20080207', '合字B2-20170010', '合字B1.B2-20130004', 'A1.A2.B1.B2-20090001'])(
    'a cross-region licence has no province: %s',
    (canonical) => {
      expect(parseFilingNumbers(canonical, at)).toEqual({
        valid: true,
        numbers: [{ canonical, kind: 'licence', province: null, service: null, serviceKind: null }],
        problem: null,
      });
    },
  );

  test.each([
    ['粵', '粤'],
    ['滬', '沪'],
    ['晉', '晋'],
    ['遼', '辽'],
    ['蘇', '苏'],
    ['閩', '闽'],
    ['贛', '赣'],
    ['魯', '鲁'],
    ['瓊', '琼'],
    ['陝', '陕'],
    ['陜', '陕'],
    ['隴', '陇'],
    ['寧', '宁'],
  ])('traditional characters: %s is %s', (typed, letter) => {
    expect(canonicals(`${typed}ICP備11018438號`)).toEqual([`${letter}ICP备11018438号`]);
    expect(canonicals(`${typed}ICP備11018438號`, findFilingNumbers)).toEqual([`${letter}ICP备11018438号`]);
  });

  test.each([
    ['京ICP备11018762号-1京公网安备11010802044671号', ['京ICP备11018762号-1', '京公网安备11010802044671号']],
    ['粤ICP备17055554-34号粤B2-20090059-5', ['粤ICP备17055554号-34', '粤B2-20090059-5']],
    ['粤ICP备17055554号-1A2.B1.B2-20090001', ['粤ICP备17055554号-1', 'A2.B1.B2-20090001']],
    ['粤ICP备17055554号-1AA2.B1.B2-20090001', ['粤ICP备17055554号-1A', 'A2.B1.B2-20090001']],
    ['A2.B1.B2-20090001京ICP证030173号京ICP备11018762', ['A2.B1.B2-20090001', '京ICP证030173号', '京ICP备11018762号']],
    ['京公网安备110105007230京ICP备11018762', ['京公网安备110105007230号', '京ICP备11018762号']],
  ])('glued: %s', (input, expected) => {
    expect(canonicals(input)).toEqual(expected);
  });

  test.each([
    ['', 'empty'],
    [' \u200b。', 'empty'],
    ['hello', 'no_number'],
    ['备案号：京ICP备11018762号', 'no_number'],
    ['京ICP备11018762号-1 版权所有', 'remainder'],
    ['京ICP备11018762号,京公网安备11010802044671号', 'remainder'],
    ['京ICP备11018762号-1-2', 'remainder'],
    ['京ICP备11018762号--1', 'remainder'],
    ['粤B2-20090059号', 'remainder'],
    ['ICP备11018762号', 'province_missing'],
    ['公网安备11010802044671号', 'province_missing'],
    ['港ICP备11018762号', 'unknown_province'],
    ['川ICP备11018762号', 'unknown_province'],
    ['台B2-20090059', 'unknown_province'],
    ['澳公网安备82010802044671号', 'unknown_province'],
    ['京ICP备案11018762号', 'filing_word'],
    ['京ICP备号', 'serial_missing'],
    ['京ICP备110187621号', 'serial_length'],
    ['京ICP备١١٠١٨٧٦٢号', 'serial_missing'],
    ['京ICP证12345678号', 'serial_length'],
    ['粤B2-2009005', 'serial_length'],
    ['京公网安备1101050072301号', 'serial_length'],
    ['京ICP备04000001号', 'serial_year'],
    ['京ICP备21018762号', 'serial_year'],
    ['京ICP备2019000001号', 'serial_year'],
    ['京ICP备2027000001号', 'serial_year'],
    ['粤B2-20990001', 'serial_year'],
    ['津ICP备12345678号', 'placeholder'],
    ['京公网安备11010802000000号', 'placeholder'],
    ['京ICP备11018762号-0', 'service_number'],
    ['京ICP备11018762号-00', 'service_number'],
    ['京ICP备11018762号-1234567', 'service_number'],
    ['京ICP备11018762号-1B', 'service_letter'],
    ['京ICP备11018762号-1AX', 'service_letter'],
    ['A2.B1.B2-20090001-1', 'service_not_allowed'],
    ['合字B2-20170010-1', 'service_not_allowed'],
    ['合字C2-20170010', 'licence_class'],
    ['合字粤B2-20170010', 'no_number'],
    ['A1-20170010', 'licence_class'],
    ['京公网安备11010802044671号-1', 'service_not_allowed'],
    ['粤C2-20090059', 'licence_class'],
    ['粤A2.B1.B2-20090001', 'licence_class'],
    ['A2.B2-20090001', 'licence_class'],
    ['京公网安备31010402001073号', 'division_mismatch'],
  ])('%j is refused as %s', (input, code) => {
    const reading = parseFilingNumbers(input, at);
    expect(reading).toMatchObject({ valid: false, numbers: [], problem: { code } });
    expect(numberProblemCodes).toContain(code);
    expect(reading.problem?.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(reading.problem?.en).toMatch(/[a-z]/);
  });

  test('the last year allowed is the year of asking', () => {
    expect(parseFilingNumbers('京ICP备2027000001号', '2027-01-01').valid).toBe(true);
    expect(parseFilingNumbers('京ICP备2027000001号', '2026-12-31').valid).toBe(false);
  });

  test('the letter that was meant is named', () => {
    expect(parseFilingNumbers('甘ICP备15000343号', at).problem?.zh).toContain('陇');
  });
});

describe('lenient', () => {
  test.each([
    [
      '网站备案号：京 ICP 备 11018762 号 -1 | 京公网安备 11010802044671号 © 2026',
      ['京ICP备11018762号-1', '京公网安备11010802044671号'],
    ],
    ['京ICP备11018762号-1 2026 版权所有', ['京ICP备11018762号-1']],
    ['京ICP备案号:11018762', ['京ICP备11018762号']],
    ['粤ICP备17055554号-1Copyright', ['粤ICP备17055554号-1']],
    ['粤ICP备17055554号——34', ['粤ICP备17055554号-34']],
    ['滬公網安備31010402001073號', ['沪公网安备31010402001073号']],
    ['经营许可证编号：黔B2-20050029号', ['黔B2-20050029']],
    ['B2-20080207', ['B2-20080207']],
    ['ICP证：合字B2-20190046', ['合字B2-20190046']],
    ['增值电信业务经营许可证号B2-20080207', ['B2-20080207']],
    ['粤ICP备&nbsp;&nbsp;&nbsp;14040171号-1', ['粤ICP备14040171号-1']],
    ['&amp;copy;粤ICP备&amp;nbsp;14040171&amp;#21495;-1', ['粤ICP备14040171号-1']],
    ['&amp;amp;#x7ca4;ICP备14040171号-1', ['粤ICP备14040171号-1']],
    ['粤ICP备&#49;4040171&#x53F7;&ndash;1', ['粤ICP备14040171号-1']],
    ['京公网安备 11010802015302号 京ICP备 &nbsp; 15585201号', ['京公网安备11010802015302号', '京ICP备15585201号']],
    ['浙ICP备15026724号_1', ['浙ICP备15026724号-1']],
    ['浙ICP备15026724_12号', ['浙ICP备15026724号-12']],
    ['许可证 A2.B1.B2-20090001、粤 B2-20090059-1', ['A2.B1.B2-20090001', '粤B2-20090059-1']],
  ])('%s', (input, expected) => {
    expect(canonicals(input, findFilingNumbers)).toEqual(expected);
  });

  test.each([
    '',
    'XA2.B1.B2-20090001',
    '京ICP备2099000001号',
    '电话 010-88888888',
    '萌ICP备20257012号',
    '京ICP备11018762号-1B',
    '台B2-20090059',
  ])('nothing in %j', (input) => {
    expect(findFilingNumbers(input, at)).toMatchObject({ valid: false, numbers: [], problem: { code: 'not_found' } });
  });
});

describe('what was dropped is said', () => {
  test.each([
    ['京ICP备11018762号-1-2', ['京ICP备11018762号-1'], [['-2', null]]],
    ['京ICP备11018762号-1_3', ['京ICP备11018762号-1'], [['-3', null]]],
    ['粤ICP备17055554号-1，京ICP备2099000001号', ['粤ICP备17055554号-1'], [['京ICP备2099000001号', 'serial_year']]],
    ['京ICP备11018762号-1B', [], [['京ICP备11018762号-1B', 'service_letter']]],
    ['台B2-20090059', [], [['台B2-20090059', 'unknown_province']]],
    ['许可证号B2-20080207', ['B2-20080207'], []],
    ['京ICP备案11018762号', ['京ICP备11018762号'], []],
    ['ICP备案，请查询', [], []],
  ] as const)('%s', (text, numbers, dropped) => {
    const found = findFilingNumbers(text, at);
    expect(found.numbers.map(({ canonical }) => canonical)).toEqual(numbers);
    expect(found.dropped.map((part) => [part.text, part.problem?.code ?? null])).toEqual(dropped);
  });
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const twoDigits = (min: number, max: number) => fc.integer({ min, max }).map((n) => String(n).padStart(2, '0'));
const suffix = fc.option(fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('', 'A', 'X')), {
  nil: undefined,
});
const withSuffix = ([base, end]: [string, [number, string] | undefined]) => (end ? `${base}-${end[0]}${end[1]}` : base);
const letter = fc.constantFrom(...provinceLetters);
const placeholders = ['12345678', '20151109'];
const filing = fc
  .tuple(
    fc
      .tuple(
        letter,
        fc.oneof(
          fc.tuple(twoDigits(5, 20), digits(6)).map((p) => p.join('')),
          fc.tuple(fc.integer({ min: 2020, max: 2026 }), digits(6)).map((p) => p.join('')),
        ),
      )
      .filter(([, serial]) => !placeholders.includes(serial))
      .map(([l, serial]) => `${l}ICP备${serial}号`),
    suffix,
  )
  .map(withSuffix);
const licenceNumber = fc
  .tuple(
    fc
      .tuple(letter, fc.constantFrom('A2', 'B1', 'B2'), fc.integer({ min: 2000, max: 2026 }), digits(4))
      .map(([l, c, year, serial]) => `${l}${c}-${year}${serial}`),
    suffix,
  )
  .map(withSuffix);
const anyNumber = fc.oneof(filing, licenceNumber);

describe('for every text', () => {
  test('a canonical form is read as itself', () => {
    fc.assert(
      fc.property(anyNumber, (canonical) => {
        expect(canonicals(canonical)).toEqual([canonical]);
        expect(canonicals(canonical, findFilingNumbers)).toEqual([canonical]);
      }),
    );
  });

  test('glued numbers come apart as they were', () => {
    fc.assert(
      fc.property(fc.array(anyNumber, { minLength: 1, maxLength: 5 }), (list) => {
        expect(canonicals(list.join(''))).toEqual(list);
      }),
    );
  });

  test('blanks, invisible characters and dashes change nothing', () => {
    const noise = fc.constantFrom('', ' ', '\u00a0', '\u3000', '\u200b', '\u2060', '\t', '\u202a');
    const dash = fc.constantFrom('-', '–', '—', '−', '－', '‐', 'ー');
    fc.assert(
      fc.property(anyNumber, fc.array(noise, { minLength: 40, maxLength: 40 }), dash, (canonical, blanks, sign) => {
        const typed = [...canonical].map((c, index) => `${blanks[index] ?? ''}${c === '-' ? sign : c}`).join('');
        expect(canonicals(typed)).toEqual([canonical]);
      }),
    );
  });

  test('nothing throws, and what is valid is canonical', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('京', 'ICP', '备', '号', '-', '公网安备', 'A2.B1.B2-', '20090001', '证', '\ud800', '1A'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        for (const read of [parseFilingNumbers, findFilingNumbers]) {
          const reading = read(text, at);
          expect(reading.valid).toBe(reading.problem === null);
          expect(reading.valid).toBe(reading.numbers.length > 0);
          for (const found of reading.numbers) expect(canonicals(found.canonical)).toEqual([found.canonical]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    '京',
    '1',
    '-',
    'A',
    'A1.',
    '京ICP备',
    '京ICP备1-',
    '. ',
    'ICP备ICP',
    '号 -',
    '京ICP备11018762号-1',
    '-1A',
    '\ufdfa',
    ',',
    ', ',
  ])('10 kB of %j take no time to speak of', (unit) => {
    const text = `${unit.repeat(10_000 / unit.length)}!`;
    const start = performance.now();
    parseFilingNumbers(text, at);
    findFilingNumbers(text, at);
    expect(performance.now() - start).toBeLessThan(300);
  });
});
