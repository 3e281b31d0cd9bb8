import { factKeys, inventorySchema, publicIpKinds, realNames, resourceStates } from '@openbeian/model/eligibility';
import { describe, expect, test } from 'vitest';
import { guessColumns, headersKey, readCsv, readTable, tableColumns } from './index.ts';

const namesOf = (headers: readonly string[]) =>
  Object.fromEntries(
    Object.entries(guessColumns(headers)).map(([key, source]) => [
      key,
      'column' in source ? headers[source.column] : '',
    ]),
  );

describe('columns', () => {
  test('are all facts of the inventory, and no others', () => {
    const whole = factKeys.filter((key) => !key.includes('[]'));
    // An object is its members; a list one cell.
    const leaves = whole.filter((key) => !whole.some((other) => other.startsWith(`${key}.`)));
    const always = ['id', 'provider', 'product', 'state', 'trial', 'used.codes', 'used.sites'];
    expect(tableColumns.map(({ key }) => key).sort()).toEqual([...leaves, ...always].sort());
  });

  test('know the inventory’s words', () => {
    const wordsOf = (key: string) => Object.keys(tableColumns.find((one) => one.key === key)?.words ?? {});
    expect(wordsOf('realName')).toEqual([...realNames]);
    expect(wordsOf('state')).toEqual([...resourceStates]);
    expect(publicIpKinds).toEqual(['instance', 'elastic', 'load_balancer']);
  });

  test('have names that no two share, and examples that make an inventory', () => {
    for (const language of ['zh', 'en'] as const) {
      const headers = tableColumns.map(({ name }) => name[language]);
      expect(Object.keys(guessColumns(headers))).toEqual(tableColumns.map(({ key }) => key));
    }
    const cells = tableColumns.map(({ example }) => example);
    const { accounts, resources } = readTable([{ line: 2, cells }], guessColumns(tableColumns.map(({ key }) => key)));
    expect(inventorySchema.safeParse({ accounts, resources }).error).toBeUndefined();
  });
});

describe('headers', () => {
  test('are recognised in Chinese, in English, with units and in clouds’ own words; others are left alone', () => {
    expect(namesOf(['实例 ID', '付费类型', '公网IP', '带宽（Mbps）', '备注', '到期时间'])).toEqual({
      id: '实例 ID',
      billing: '付费类型',
      publicIps: '公网IP',
      bandwidthMbps: '带宽（Mbps）',
      expiresAt: '到期时间',
    });
    expect(namesOf(['InstanceId', 'Region_ID', 'InstanceChargeType', 'Owner', 'colour'])).toEqual({
      id: 'InstanceId',
      region: 'Region_ID',
      billing: 'InstanceChargeType',
      account: 'Owner',
    });
    expect(namesOf(['实例', '到期'])).toEqual({ expiresAt: '到期' });
    expect(namesOf(['资源编号 (id)', '到期日 (expiresAt)'])).toEqual({
      id: '资源编号 (id)',
      expiresAt: '到期日 (expiresAt)',
    });
  });

  test('a whole header goes before a part of one, and no column is taken twice', () => {
    expect(namesOf(['类型 (产品)', '产品'])).toEqual({ product: '产品' });
    expect(namesOf(['ID', 'id'])).toEqual({ id: 'ID' });
    expect(headersKey(['实例 ID', 'IP'])).toBe(headersKey(['实例id', 'ip']));
  });
});

describe('rows', () => {
  const table = (text: string) => {
    const [header, ...rows] = [...readCsv(text)];
    return readTable(rows, {
      ...guessColumns(header?.cells ?? []),
      provider: { value: 'tencent' },
      product: { value: 'cvm' },
    });
  };

  test('are an inventory, with days, words, numbers and addresses as people write them', () => {
    const { accounts, resources, lines } = table(
      [
        '编号,资源编号,账号,实名类型,计费方式,购买日期,到期时间,公网IP,带宽,试用,已备案网站数,状态',
        '1,ins-1,acct-a,企业,预付费,2026/6/1,2027-06-01 00:00:00,203.0.113.7；elastic:203.0.113.8,5 Mbps,否,2,已关机',
        ',,,,,,,,,,,',
        '2,ins-2,acct-a,,按量计费,2026年6月1日,,无,"1,000",是,,RUNNING',
      ].join('\r\n'),
    );
    expect(accounts).toEqual([{ id: 'acct-a', realName: 'enterprise' }]);
    expect(lines).toEqual([2, 4]);
    const of = { provider: 'tencent', product: 'cvm', account: 'acct-a', boughtAt: '2026-06-01' };
    expect(resources).toEqual([
      {
        ...of,
        id: 'ins-1',
        billing: 'prepaid',
        // At midnight the term has ended the day before.
        expiresAt: '2027-06-01T00:00:00+08:00',
        publicIps: [
          { address: '203.0.113.7', kind: 'instance' },
          { address: '203.0.113.8', kind: 'elastic' },
        ],
        bandwidthMbps: 5,
        trial: false,
        used: { sites: 2 },
        state: 'stopped',
      },
      {
        ...of,
        id: 'ins-2',
        billing: 'pay_as_you_go',
        publicIps: [],
        bandwidthMbps: 1000,
        trial: true,
        state: 'running',
      },
    ]);
    expect(inventorySchema.parse({ accounts, resources }).resources[0]?.expiresAt).toBe('2027-05-31');
  });

  test('what cannot be read stays as it is written, for the check to say what was expected', () => {
    const { resources } = table('资源编号,计费方式,到期日,带宽,试用\nins-1,周付,明年,很多,也许\n');
    expect(resources[0]).toMatchObject({ billing: '周付', expiresAt: '明年', bandwidthMbps: '很多', trial: '也许' });
    const checked = inventorySchema.safeParse({ resources });
    expect(checked.error?.issues.map(({ path }) => path.join('.')).sort()).toEqual(
      ['billing', 'expiresAt', 'bandwidthMbps', 'trial'].map((key) => `resources.0.${key}`).sort(),
    );
  });
});
