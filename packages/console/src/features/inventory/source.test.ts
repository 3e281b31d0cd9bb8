import { describe, expect, test } from 'vitest';
import { prepare } from './prepare.ts';
import { readSource } from './source.ts';
import { writeXlsx } from './write-xlsx.ts';

const read = (content: string | Uint8Array<ArrayBuffer>, name: string | null = null) =>
  readSource({ name, content: typeof content === 'string' && name === null ? content : new Blob([content]) });
const choices = { mapping: {}, cloud: null, account: '', realName: '' };
const resource = { id: 'ins-1', provider: 'tencent', product: 'cvm', account: 'acct-a' };

describe('what is given is recognised by what is in it', () => {
  test('inventories in YAML, in JSON, and a line for each resource', async () => {
    const value = { accounts: [], resources: [resource] };
    expect(await read('accounts: []\nresources: []\n')).toMatchObject({ kind: 'document', format: 'yaml' });
    expect(await read(JSON.stringify(value))).toMatchObject({ kind: 'document', format: 'json', value });
    const lines = await read(
      `${JSON.stringify(resource)}\n\n${JSON.stringify({ accounts: [{ id: 'a' }], resources: [resource] })}\n`,
    );
    const both = { accounts: [{ id: 'a' }], resources: [resource, resource] };
    expect(lines).toMatchObject({ kind: 'document', format: 'lines', value: both });
    if (lines.kind === 'document') expect(lines.placeOf('resources[1].billing')).toEqual({ line: 3, column: 1 });
  });

  test('a large JSON text is read without the reader of YAML, with the same places', async () => {
    const resources = Array.from({ length: 20_000 }, (_, index) => ({ ...resource, id: `ins-${index}` }));
    const source = await read(JSON.stringify({ accounts: [], resources }, null, 1));
    if (source.kind !== 'document') throw new Error(source.kind);
    expect(source.placeOf('resources[19999].id')).toEqual({ line: 119_999, column: 4 });
    expect(await read(`${JSON.stringify({ resources })},`)).toMatchObject({ kind: 'syntax', line: 1 });
  });

  test('tables as CSV in UTF-8 and GB 18030, and workbooks', async () => {
    const text = '资源编号;到期日\r\nins-1;2026/12/31\r\n';
    const table = {
      kind: 'table',
      format: 'csv',
      headers: ['资源编号', '到期日'],
      rows: [{ line: 2, cells: ['ins-1', '2026/12/31'] }],
    };
    expect(await read(text)).toMatchObject(table);
    // 资源编号;到期日 as Excel on Chinese Windows writes it.
    const header = [0xd7, 0xca, 0xd4, 0xb4, 0xb1, 0xe0, 0xba, 0xc5, 0x3b, 0xb5, 0xbd, 0xc6, 0xda, 0xc8, 0xd5];
    const bytes = Uint8Array.from([...header, ...new TextEncoder().encode('\r\nins-1;2026/12/31\r\n')]);
    expect(await read(bytes, 'a.csv')).toMatchObject(table);
    expect(
      await read(
        writeXlsx([
          {
            name: '清单',
            rows: [
              ['id', 'x'],
              ['ins-1', 'y'],
            ],
          },
        ]),
      ),
    ).toMatchObject({ kind: 'table', format: 'xlsx', sheet: '清单', headers: ['id', 'x'] });
  });

  test('a file that says that it is a table is one, whatever its headers; a text is not', async () => {
    const text = '机器,客户\nins-1,acct-a\n';
    expect(await read(text, '清单.CSV')).toMatchObject({ kind: 'table', headers: ['机器', '客户'] });
    expect(await read('机器\nins-1\n', 'a.tsv')).toMatchObject({ kind: 'table', headers: ['机器'] });
    expect(await read(text)).toMatchObject({ kind: 'not_mapping' });
  });

  test('responses of clouds, and which clouds answer so', async () => {
    const tencent = {
      Response: { InstanceSet: [{ InstanceId: 'ins-1', Placement: { Zone: 'ap-guangzhou-3' } }], TotalCount: 1 },
    };
    expect(await read(JSON.stringify(tencent))).toMatchObject({ kind: 'cloud', clouds: ['tencent'] });
    const huawei = { servers: [{ id: 'x' }], count: 1 };
    expect(await read(JSON.stringify(huawei))).toMatchObject({ kind: 'cloud', clouds: ['huawei'] });
    const alike = { Instances: [] };
    expect(await read(JSON.stringify(alike))).toMatchObject({ kind: 'cloud', clouds: ['alibaba', 'volcengine'] });
  });

  test('what cannot be read says what it is, and where', async () => {
    expect(await read(' \n')).toEqual({ kind: 'empty' });
    expect(await read('[1]')).toEqual({ kind: 'not_mapping' });
    expect(await read('a: 1\nb: 2\na: 2\n')).toMatchObject({ kind: 'key_twice', key: 'a', line: 3, firstLine: 1 });
    expect(await read('{"a": 1,\n "a": 2}')).toMatchObject({ kind: 'key_twice' });
    expect(await read(`${JSON.stringify(resource)}\n{"id": \n`)).toEqual({ kind: 'bad_line', line: 2 });
    expect(await read('资源编号,账号\n"ins-1,a\n')).toEqual({ kind: 'open_quote', line: 2, column: 1 });
    expect(await read('"资源编号,账号\nins-1,a\n')).toEqual({ kind: 'open_quote', line: 1, column: 1 });
    expect(await read('a: 1\n'.padEnd(2_000_001, '#'))).toEqual({ kind: 'too_large_yaml' });
    const gone = Object.assign(new Blob(['a']), {
      arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')),
    });
    expect(await readSource({ name: 'a.csv', content: gone })).toEqual({ kind: 'unreadable' });
    expect(await read('资源编号,账号\n')).toEqual({ kind: 'no_rows' });
    expect(await read(Uint8Array.of(0x50, 0x4b, 3, 4))).toMatchObject({ kind: 'workbook', flaw: 'not_xlsx' });
  });
});

describe('what is sent', () => {
  test('of a table: its rows by the mapping, and places as the spreadsheet has them', async () => {
    const source = await read('备注,资源编号,公网IP\n甲,ins-1,203.0.113.7\n\n乙,ins-2,x\n');
    const mapping = { id: { column: 1 }, publicIps: { column: 2 }, provider: { value: 'tencent' } };
    const prepared = prepare(source, { ...choices, mapping });
    expect(prepared?.document['resources']).toMatchObject([{ id: 'ins-1', provider: 'tencent' }, { id: 'ins-2' }]);
    expect(prepared?.placeOf('resources[1].publicIps[0].address')).toEqual({
      line: 4,
      cell: 'C4',
      header: 'publicIps',
    });
    expect(prepared?.placeOf('resources[1].product')).toEqual({ line: 4, column: 1 });
    expect(prepared?.placeOf('accounts[0].realName')).toBeNull();
  });

  test('of a cloud’s response: an inventory with the account that was named, and what the response does not say', async () => {
    const response = {
      Response: { InstanceSet: [{ InstanceId: 'ins-1', Placement: { Zone: 'ap-guangzhou-3' } }], TotalCount: 1 },
    };
    const source = await read(JSON.stringify(response));
    const prepared = prepare(source, {
      ...choices,
      cloud: 'tencent',
      account: ' acct-a ',
      realName: 'enterprise',
    });
    expect(prepared?.document).toEqual({
      accounts: [{ id: 'acct-a', realName: 'enterprise' }],
      resources: [expect.objectContaining({ id: 'ins-1', product: 'cvm', region: 'ap-guangzhou', account: 'acct-a' })],
    });
    const anonymous = prepare(source, { ...choices, cloud: 'tencent', account: 'acct-a' });
    expect(anonymous?.document['accounts']).toEqual([]);
  });
});
