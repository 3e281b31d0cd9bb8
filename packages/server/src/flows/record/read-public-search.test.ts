import { describe, expect, test } from 'vitest';
import { readPublicSearch } from './read-public-search.ts';

const at = '2026-11-29';

describe('the public query reads', () => {
  test.each([
    '粤ICP备2026000123号-1',
    '粤ICP备2026000123-1号',
    '粤 ICP 备 2026000123 号-1',
    '粤icp备2026000123号—1',
    '粵ICP備2026000123號-1',
    '粤ICP备2026000123-1',
    '备案号：粤ICP备２０２６０００１２３号_1',
  ])('a number as it is typed: %s', (text) => {
    expect(readPublicSearch(text, at)).toEqual({ names: [], units: [], numbers: ['粤ICP备2026000123号-1'] });
  });

  test.each([
    ['粤B2-20090059-5', '粤B2-20090059-5'],
    ['粤B2 - 20090059', '粤B2-20090059'],
    ['合字B1.B2-20130004', '合字B1.B2-20130004'],
    ['京ICP证030173号', '京ICP证030173号'],
  ])('a licence, under which its holder may have filed: %s', (text, number) => {
    expect(readPublicSearch(text, at)).toEqual({ names: [], units: [], numbers: [number] });
  });

  test.each([
    ['xinghe-example.cn.', ['xinghe-example.cn']],
    ['Xinghe-Example.CN', ['xinghe-example.cn']],
    ['xinghe-example．cn', ['xinghe-example.cn']],
    ['xinghe-example。cn', ['xinghe-example.cn']],
    ['www.shop.xinghe-example.cn:8443', ['www.shop.xinghe-example.cn', 'xinghe-example.cn']],
    ['https://www.xinghe-example.cn/about?x=1#y', ['www.xinghe-example.cn', 'xinghe-example.cn']],
    ['xn--fsqu00a.xn--fiqs8s', ['例子.中国']],
  ])('a host as the gate does: %s', (text, names) => {
    expect(readPublicSearch(text, at)).toEqual({ names, numbers: [], units: [] });
  });

  test('a unit, with either kind of brackets', () => {
    const both = expect.arrayContaining(['星河(北京)科技有限公司', '星河（北京）科技有限公司']);
    expect(readPublicSearch('星河（北京）科技有限公司 ', at)).toMatchObject({ numbers: [], units: both });
    expect(readPublicSearch('星河(北京)科技有限公司', at)).toMatchObject({ numbers: [], units: both });
    expect(readPublicSearch('例子.中国', at)).toMatchObject({ names: ['例子.中国'] });
  });

  test.each([
    ['粤ICP备202600012号', /10/],
    ['粤ICP备', /粤ICP备2026000123号-1/],
    ['京公网安备11010802044671号', /not kept here/],
    ['粤B3-20090059', /A2, B1 or B2/],
    ['2026000123', /粤ICP备2026000123号-1/],
    ['2026000123号-1', /粤ICP备2026000123号-1/],
    ['192.0.2.7', /domain name/],
    ['com.cn', /domain name/],
    ['https:///', /domain name/],
  ])('what it cannot be is said: %s', (text, expected) => {
    expect(readPublicSearch(text, at)).toEqual({
      expected: expect.stringMatching(expected),
      expectedZh: expect.stringMatching(/\p{Script=Han}/u),
    });
  });

  test.each([
    'xinghe-example.cn/',
    '//xinghe-example.cn/index.html',
    'xinghe-example.cn/path?x=1#y',
    'https://user:pw@xinghe-example.cn:8443/',
    '*.xinghe-example.cn',
    'xinghe-example.cn，',
    '“xinghe-example.cn”',
    '<xinghe-example.cn>',
    'someone@xinghe-example.cn',
    'mailto:someone@xinghe-example.cn',
  ])('a host as it is copied: %s', (text) => {
    expect(readPublicSearch(text, at)).toEqual({ names: ['xinghe-example.cn'], numbers: [], units: [] });
  });

  test.each(['例子.中国/', '「例子.中国」', '*.例子.中国'])('a name in Chinese as it is copied: %s', (text) => {
    expect(readPublicSearch(text, at)).toMatchObject({ names: ['例子.中国'] });
  });

  test('a licence behind words, and units that have signs of hosts in their names', () => {
    expect(readPublicSearch('许可证号 粤B2-20090059-5', at)).toMatchObject({ numbers: ['粤B2-20090059-5'] });
    for (const unit of ['星河/云海联合会', '“星河”文化社', '星河,云海事务所']) {
      expect(readPublicSearch(unit, at)).toMatchObject({ numbers: [], units: expect.arrayContaining([unit]) });
    }
  });

  test.each(['xinghe-example..cn', '粤2026000123', 'https://', '//192.0.2.1/'])(
    'what cannot be read is said, never answered with nothing: %s',
    (text) => {
      expect(readPublicSearch(text, at)).toHaveProperty('expectedZh');
    },
  );
});
