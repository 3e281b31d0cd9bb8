import type { SampleDeployment } from '@openbeian/server/main';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeXlsx } from '../../packages/console/src/features/inventory/write-xlsx.ts';
import { requireProgram } from '../support/require-program.ts';
import { openTestConsole, type TestConsole } from './test-console.ts';

const row = (id: string, more: object = {}) => ({
  id,
  provider: 'xingyun',
  product: 'server',
  account: 'acct-xinghe',
  region: 'cn-south-1',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2028-12-31',
  publicIps: [{ address: '203.0.113.77', kind: 'instance' }],
  ...more,
});

/** An inventory on its way in: whatever it is in, what it would change, where it is wrong, and what came of it. */
describe.skipIf(requireProgram('chromium') === null)('the console imports an inventory', () => {
  let testConsole: TestConsole;
  let deployment: SampleDeployment;

  beforeAll(async () => {
    testConsole = await openTestConsole();
    deployment = testConsole.deployment;
  });
  afterEach(() => testConsole.closeVisitors());
  afterAll(() => testConsole.close());

  const open = async () => {
    const visitor = await testConsole.visit('operator');
    await visitor.page.goto(`${deployment.url}/inventory`);
    return visitor;
  };
  const file = (name: string, content: string | Uint8Array) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(content),
  });

  it('shows each mistake with its line and column, and nothing is written', async () => {
    const visitor = await open();
    const { page } = visitor;
    const text = page.getByRole('textbox', { name: '清单内容' });
    await text.fill('accounts:\n  - { id: acct-x, realName: enterprise\n');
    await page.getByText('文件格式有误').waitFor();
    expect(await page.getByRole('button', { name: '预览变更' }).count()).toBe(0);
    await text.fill(`accounts:
  - { id: acct-x, realName: company }
resources:
  - id: ins-x
    provider: xingyun
    product: server
    account: acct-x
    region: cn-south-1
    billing: weekly
    expiresAt: 2026-02-30
`);
    await page.getByRole('button', { name: '预览变更' }).click();
    for (const [path, place] of [
      ['accounts[0].realName', '第 2 行第 19 列'],
      ['resources[0].billing', '第 9 行第 5 列'],
      ['resources[0].expiresAt', '第 10 行第 5 列'],
    ] as const) {
      const item = page.getByRole('alert').getByRole('listitem').filter({ hasText: path });
      await item.getByText(place).waitFor();
    }
    await visitor.picture('operator-inventory-mistakes');
    const api = await testConsole.apiOf('operator');
    expect((await api.listAccounts()).accounts.map((one) => one.id)).not.toContain('acct-x');
    await page.getByRole('button', { name: '使用示例' }).click();
    await page.getByRole('button', { name: '预检' }).click();
    await page.getByText('ins-example-1', { exact: true }).waitFor();
  });

  it('compares a file with what there is, names what would break, and imports it', async () => {
    const visitor = await open();
    const { page } = visitor;
    const api = await testConsole.apiOf('operator');
    await api.putInventory({ body: { accounts: [], resources: [row('inv-same'), row('inv-other'), row('inv-gone')] } });
    const owner = await testConsole.apiOf('xinghe');
    await owner.issueCodes({ params: { resourceId: 'inv-other' }, body: { count: 1 } });
    const resources = [row('inv-same'), row('inv-other', { expiresAt: '2026-11-01' }), row('inv-new')];
    const content = JSON.stringify({ accounts: [], resources });
    await page.locator('input[type=file]').setInputFiles(file('清单.json', content));
    await page.getByText('识别为：JSON 清单').waitFor();
    await page.getByRole('combobox', { name: '清单范围' }).selectOption('accounts');
    await page.getByRole('button', { name: '预览变更' }).click();
    await page.getByRole('button', { name: '影响授权码或备案 1' }).waitFor();
    await page.getByText(/授权码 …/).waitFor();
    await visitor.picture('operator-inventory-preview');
    await page.getByRole('button', { name: '变更 1', exact: true }).click();
    await page.getByText('2026-11-01').waitFor();
    await page.getByRole('button', { name: /清单中没有/ }).click();
    await page.getByRole('link', { name: 'inv-gone' }).waitFor();
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByRole('heading', { name: '导入完成' }).waitFor();
    await page.getByText('其中 2 台为新增或有变更').waitFor();
    await visitor.picture('operator-inventory-imported');
    const stateOfGone = async () => (await api.getResource({ params: { resourceId: 'inv-gone' } })).facts['state'];
    expect(await stateOfGone()).toBe('running');
    // Marked as released, where somebody chooses so; not what changed after the preview.
    await page.getByRole('button', { name: '再导入一份' }).click();
    const marking = async () => {
      await page.locator('input[type=file]').setInputFiles(file('清单.json', content));
      await page.getByRole('button', { name: '预览变更' }).click();
      await page.getByRole('button', { name: /清单中没有/ }).click();
      await page.getByRole('checkbox', { name: /标记为“已释放”/ }).check();
    };
    await marking();
    await api.putInventory({ body: { accounts: [], resources: [row('inv-gone', { bandwidthMbps: 9 })] } });
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText('台在预览之后有变化，未标记').waitFor();
    expect(await stateOfGone()).toBe('running');
    await page.getByRole('button', { name: '再导入一份' }).click();
    await marking();
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText('台已标记为已释放').waitFor();
    expect(await stateOfGone()).toBe('released');
    expect((await api.getResource({ params: { resourceId: 'inv-new' } })).id).toBe('inv-new');
  });

  it('reads a workbook by its columns, which can be chosen otherwise and are remembered', async () => {
    const visitor = await open();
    const { page } = visitor;
    const rows = [
      ['服务器', '所属账号', '到期时间', '公网IP', '计费'],
      ['xls-1', 'acct-xinghe', '2028/12/31', '203.0.113.78', '包年包月'],
      ['xls-2', 'acct-xinghe', '2028年12月32日', '203.0.113.79', '包年包月'],
    ];
    const choose = async () => {
      const workbook = writeXlsx([{ name: '云服务器', rows }]);
      await page.locator('input[type=file]').setInputFiles(file('清单.xlsx', workbook));
      await page.getByText('识别为：XLSX 工作簿 · 云服务器 · 2 行').waitFor();
    };
    await choose();
    await page.getByText('尚未对应：资源编号、云厂商、产品').waitFor();
    await page.getByRole('combobox', { name: '资源编号取自' }).selectOption({ label: 'A 服务器' });
    for (const [name, value] of [
      ['云厂商', 'xingyun'],
      ['产品', 'server'],
    ] as const) {
      await page.getByRole('combobox', { name: `${name}取自` }).selectOption('fixed');
      await page.getByRole('textbox', { name: `${name}的固定值` }).fill(value);
    }
    await visitor.picture('operator-inventory-columns');
    await page.getByRole('button', { name: '预览变更' }).click();
    await page.getByRole('alert').getByText('第 3 行，单元格 C3').waitFor();
    rows[2] = ['xls-2', 'acct-xinghe', '2028年12月31日', '203.0.113.79', '包年包月'];
    await page.getByRole('button', { name: '换一个文件' }).click();
    await choose();
    expect(await page.getByRole('textbox', { name: '云厂商的固定值' }).inputValue()).toBe('xingyun');
    await page.getByRole('button', { name: '预览变更' }).click();
    await page.getByRole('button', { name: '新增 2' }).waitFor();
    // A fixed account would be that of the customer before.
    await page.getByRole('combobox', { name: '账号取自' }).selectOption('fixed');
    await page.getByRole('textbox', { name: '账号的固定值' }).fill('acct-xinghe');
    await page.getByRole('button', { name: '预览变更' }).click();
    await page.getByRole('button', { name: '新增 2' }).waitFor();
    await page.getByRole('button', { name: '换一个文件' }).click();
    await choose();
    await page.getByText('尚未对应：账号').waitFor();
  });

  it('reads a table whatever its headers, says which are left out and what a damaged one lacks', async () => {
    const visitor = await open();
    const { page } = visitor;
    const give = (name: string, content: string) => page.locator('input[type=file]').setInputFiles(file(name, content));
    await give('机器.csv', '机器,客户,到期\n"csv-1,acct-xinghe,2028-12-31\n');
    await page.getByText('第 2 行第 1 列的引号没有结束').waitFor();
    await page.getByRole('button', { name: '换一个文件' }).click();
    await give('机器.csv', '机器,客户,到期\ncsv-1,acct-xinghe,2028-12-31\n');
    await page.getByText('识别为：CSV 表格 · 1 行').waitFor();
    await page.getByText('不导入的列：A 机器、B 客户').waitFor();
    await visitor.picture('operator-inventory-left-out');
  });

  it('says how far a large import went when it is stopped; what was given cannot be changed meanwhile', async () => {
    const visitor = await open();
    const { page } = visitor;
    const resources = Array.from({ length: 10_001 }, (_, index) => row(`large-${index}`));
    const same = { new: 0, changed: 0, same: 0 };
    const counts = { accounts: same, resources: { ...same, new: 5, gone: 0, breaking: 0 } };
    const lists = { accounts: [], new: ['large-0'], changed: [], gone: [], breaking: [] };
    await page.route('**/api/v1/inventory-comparison*', (route) =>
      route.fulfill({ json: { counts, ...lists, leftOut: 0 } }),
    );
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    let sent = 0;
    await page.route('**/api/v1/inventory', async (route) => {
      if (route.request().method() !== 'PUT') return route.continue();
      sent += 1;
      await answered;
      return route.fulfill({ json: { accounts: 0, resources: 10_000, changed: [] } });
    });
    await page.locator('input[type=file]').setInputFiles(file('大.json', JSON.stringify({ resources })));
    await page.getByRole('button', { name: '预览变更' }).click();
    await page.getByRole('button', { name: '新增 10' }).waitFor();
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByRole('heading', { name: '正在导入：0 / 10001' }).waitFor();
    // Out of reach for mouse, keyboard and screen readers.
    const other = page.getByRole('button', { name: '换一个文件' });
    const canBeReached = () =>
      other.evaluate((button: HTMLElement) => {
        button.focus();
        return document.activeElement === button;
      });
    expect(await canBeReached()).toBe(false);
    await visitor.picture('operator-inventory-importing');
    await page.getByRole('button', { name: '停止' }).click();
    await page.getByRole('button', { name: '正在停止…' }).waitFor();
    answer();
    await page.getByText('10001 台中已导入 10000 台').waitFor();
    expect(sent).toBe(1);
    await visitor.picture('operator-inventory-stopped');
    expect(await canBeReached()).toBe(true);
  });

  it('fits a phone, in both languages, and templates can be downloaded', async () => {
    const visitor = await open();
    const { page } = visitor;
    await page.setViewportSize({ width: 390, height: 844 });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载模板 XLSX' }).click(),
    ]);
    await page.locator('input[type=file]').setInputFiles(await download.path());
    await page.getByText('识别为：XLSX 工作簿 · 清单 · 1 行').waitFor();
    await visitor.picture('operator-inventory-phone');
    await page.evaluate(() => localStorage.setItem('openbeian.language', 'en'));
    await page.goto(`${deployment.url}/inventory`);
    await page.getByRole('button', { name: 'Use an example' }).click();
    await page.getByRole('button', { name: 'Preview changes' }).click();
    await page.getByRole('button', { name: 'New 1' }).waitFor();
    await visitor.picture('operator-inventory-phone-en');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});
