import { expect, test } from 'vitest';
import { detailLines, detailText } from './detail-lines.ts';

const names = new Map([['acct-2', '星河科技']]);
const said = (detail: unknown) => detailText(detail, { language: 'zh', names });
const saidInEnglish = (detail: unknown) => detailText(detail, { language: 'en', names });

test('what somebody or something became is shown with what it was', () => {
  expect(detailLines({ from: 'reviewer', to: 'operator' }, { language: 'zh', names })).toEqual([
    { label: '角色', before: '审核员', after: '运营人员' },
  ]);
  expect(said({ accountId: 'acct-2', from: 'owner', to: 'viewer', apiKeys: 0 })).toBe(
    '账号：星河科技 (acct-2); 权限：所有者 → 查看者; 吊销的 API 密钥：0',
  );
  expect(saidInEnglish({ fromResourceId: 'ins-1', resourceId: 'ins-2' })).toBe('Resource: ins-1 → ins-2');
  expect(said({ changed: [{ field: 'types', before: [], after: ['CodeUsed'] }, 'description'] })).toBe(
    '事件类型：全部 → 授权码已使用; 已修改：描述',
  );
});

test('of a setting its path, of a secret only that it changed, and what was not there before', () => {
  const changed = [
    { path: 'http.port', before: null, after: '8080' },
    { path: 'authority.secret', secret: true },
  ];
  expect(said({ firstStart: false, changed, removed: [] })).toBe(
    '首次启动：否; http.port：— → 8080; authority.secret：已修改; 移除的配置：无',
  );
});

test('times in Shanghai, closed values in words, ids by name; what a later release wrote as it is', () => {
  expect(said({ until: '2026-11-29T16:00:00.000Z', granteeAccountId: 'acct-2' })).toBe(
    '有效至：2026-11-30 00:00; 授权给：星河科技 (acct-2)',
  );
  expect(said({ kind: 'first', provinceCode: '110000', later: 'thing' })).toMatch(
    /^类型：首次备案; 省份：北京; later：thing$/,
  );
  expect(saidInEnglish({ reasons: [{ field: 'subject.name', reasonId: 'unlike' }], quotaReturned: true })).toBe(
    'Reasons: subject.name unlike; Quota returned: Yes',
  );
  for (const nothing of [null, undefined, {}]) expect(said(nothing)).toBe('');
});
