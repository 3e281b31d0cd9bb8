import { isFault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { parseDomainList } from './domain-list.ts';

const said = (document: unknown) => {
  try {
    parseDomainList(document);
    return [];
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    return error.extras.places?.map(({ path, expectedZh }) => `${path} ${expectedZh}`);
  }
};

test.each([
  ['www.shop.cn', '[0] 应为注册的域名 shop.cn'],
  ['203.0.113.9', '[0] 应为可注册的域名，如 example.cn'],
  ['mail.corp.local', '[0] 应为可注册的域名；local 是内部网络使用的后缀，无需备案，也不能备案，请删除'],
  ['corp.local', '[0] 应为可注册的域名；local 是内部网络使用的后缀，无需备案，也不能备案，请删除'],
  ['printer', '[0] 应为可注册的域名；printer 是内部网络使用的后缀，无需备案，也不能备案，请删除'],
  ['me.github.io', '[0] 应为自己注册的域名；该名称属于平台域名 github.io，由平台持有，请删除'],
])('%s is no name to plan a filing of', (name, message) => {
  expect(said([name])).toEqual([message]);
  expect(said([{ name }])).toEqual([message.replace('[0]', '[0].name')]);
});

test('names as they are registered are, each once; what is neither a text nor an object is said so', () => {
  expect(said(['shop.cn', 'github.io', '例子.中国', { name: 'b.com.cn', account: 'a' }])).toEqual([]);
  expect(said(['shop.cn', 'SHOP.cn.'])).toEqual(['[1] shop.cn 与 [0] 是同一域名']);
  expect(said([7])).toEqual(['[0] 应为文本，或对象']);
});
