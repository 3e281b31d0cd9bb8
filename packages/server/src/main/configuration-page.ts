import { z } from 'zod';
import { describedAs, environmentNameOf, type Setting, settingsOf, unwrapped } from './config-schema.ts';

/** The reference page `docs/configuration.md`, made from the schema; a test keeps the file equal to it. */
export function configurationPage(): string {
  const rows = settingsOf().map(
    (setting) =>
      `| \`${setting.path.join('.')}\` | ${typeOf(setting.shape)} | ${byDefault(setting)} | ${describedAs(setting.shape)?.zh}<br>${describedAs(setting.shape)?.en} |`,
  );
  return `${[
    '# 配置 / Configuration',
    '',
    '<!-- 由 packages/server/src/main/configuration-page.ts 生成，请勿手改 / generated, do not edit: npm run docs -->',
    '',
    '`openbeian server --config FILE` 与 `openbeian worker --config FILE` 读取同一份 YAML（或 JSON）文件。未知的键会被拒绝，并指出位置。',
    '每一项也可用环境变量设置，环境变量优先：`http.publicUrl` 对应 `OPENBEIAN_HTTP_PUBLIC_URL`，列表按 YAML 写（`[a, b]`）；`DATABASE_URL` 等同于 `database.url`。',
    '',
    '`openbeian server --config FILE` and `openbeian worker --config FILE` read the same YAML (or JSON) file. Unknown keys are refused with their place.',
    'Each setting can also come from the environment, which wins: `http.publicUrl` is `OPENBEIAN_HTTP_PUBLIC_URL`, lists are written as in YAML (`[a, b]`); `DATABASE_URL` is `database.url`.',
    '',
    '| 键 / key | 类型 / type | 默认 / default | 说明 / what it does |',
    '|---|---|---|---|',
    ...rows,
    '',
    '## 最小的例子 / The smallest example',
    '',
    '```yaml',
    'provider: xingyun',
    'name: { zh: 星云示例云, en: Xingyun Sample Cloud }',
    'keyRingFile: /etc/openbeian/keys.json',
    'authority:',
    '  adapter: v3 # docs/authority.md',
    '  unit: 9001',
    '  userName: xingyun',
    '  password: "…"',
    '  provinces: { 440000: https://authority.example/isp }',
    '```',
    '',
    '环境变量 / environment: `DATABASE_URL=postgres://…`, ' +
      `\`${environmentNameOf(['gate', 'tokens'])}=[…]\`。密钥文件的写法 / the key ring: \`openbeian keys new --out keys.json\`。`,
  ].join('\n')}\n`;
}

function typeOf(shape: z.ZodType): string {
  const inner = unwrapped(shape);
  const name = nameOf(inner);
  const isNullable = shape.safeParse(null).success;
  return isNullable ? `${name} \\| null` : name;
}

function nameOf(shape: z.ZodType): string {
  if (shape instanceof z.ZodEnum) return shape.options.map((option) => `\`${option}\``).join(' \\| ');
  // zod types the parts of a union and the content of a list as its inner kind of schema; they are schemas like all others.
  if (shape instanceof z.ZodUnion) return shape.options.map((option) => nameOf(option as z.ZodType)).join(' \\| ');
  if (shape instanceof z.ZodArray) return 'list';
  if (shape instanceof z.ZodBoolean) return 'boolean';
  if (shape instanceof z.ZodNumber) return 'integer';
  if (shape instanceof z.ZodObject || shape instanceof z.ZodRecord) return 'object';
  if (shape instanceof z.ZodURL) return 'URL';
  return 'text';
}

function byDefault({ shape }: Setting): string {
  const parsed = shape.safeParse(undefined);
  return parsed.success ? `\`${JSON.stringify(parsed.data)}\`` : '必填 / required';
}
