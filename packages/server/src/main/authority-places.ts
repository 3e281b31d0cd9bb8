import type { FaultPlace } from '@openbeian/model/fault';
import type { Config } from './config-schema.ts';

type AuthorityConfig = Config['authority'];
type Adapter = AuthorityConfig['adapter'];
type Setting = 'url' | 'secret' | 'unit' | 'userName' | 'password' | 'directory';

/** What each way of handing over needs; what it does not need is not set, so that nobody believes that it is used. */
const needed: Readonly<Record<Adapter, readonly Setting[]>> = {
  plain: ['url', 'secret'],
  manual: [],
  v3: ['unit', 'userName', 'password'],
  file: ['unit', 'directory'],
};
const settings: readonly Setting[] = ['url', 'secret', 'unit', 'userName', 'password', 'directory'];

/** The authority issues it; shorter ones are guessed. */
const shortestPasswordBytes = 8;

/** What of the authority’s settings does not go together. `isOutside` says whether an address is beyond this machine. */
export function authorityPlaces(
  authority: AuthorityConfig,
  isOutside: (url: string | null) => boolean,
): readonly FaultPlace[] {
  const { adapter, password, provinces } = authority;
  const unsaid = unsaidPlace(authority);
  if (unsaid !== null) return [unsaid];
  const places: FaultPlace[] = settings.flatMap((key) => {
    const isNeeded = needed[adapter].includes(key);
    if ((authority[key] === null) !== isNeeded) return [];
    return [isNeeded ? missing(key) : unused(key, adapter)];
  });
  places.push(...cipherPlaces(authority), ...provincePlaces(authority));
  const isFar = Object.values(provinces).some((url) => isOutside(url ?? null));
  if (password !== null && isFar && Buffer.byteLength(password) < shortestPasswordBytes) {
    places.push({
      path: 'authority.password',
      expected: `at least ${shortestPasswordBytes} bytes, since it is used outside this machine; ask the authority for another`,
      expectedZh: `在本机以外使用，至少应为 ${shortestPasswordBytes} 字节，请向管局申请更换`,
    });
  }
  return places;
}

/** Where nothing of interface V3.0 is set, the adapter was most likely not chosen: one sentence says more than each missing setting. */
function unsaidPlace({
  adapter,
  unit,
  userName,
  password,
  provinces,
  url,
  secret,
}: AuthorityConfig): FaultPlace | null {
  const isOwnSet = [unit, userName, password].some((value) => value !== null) || Object.keys(provinces).length > 0;
  if (adapter !== 'v3' || isOwnSet) return null;
  if (url !== null || secret !== null) {
    return {
      path: 'authority.adapter',
      expected:
        'plain, to which authority.url and authority.secret belong; unless it is set, it is v3 (docs/upgrading.md)',
      expectedZh: '应为 plain：authority.url 和 authority.secret 仅用于 plain；不填则为 v3（见 docs/upgrading.md）',
    };
  }
  return {
    path: 'authority',
    expected:
      'unit, userName, password and provinces of interface V3.0, as the authority issued them; adapter: manual where there is no interface (docs/authority.md)',
    expectedZh:
      '填写管局分配的 V3.0 接口参数 unit、userName、password、provinces；没有接口时请设置 adapter: manual（见 docs/authority.md）',
  };
}

const missing = (key: Setting): FaultPlace => ({
  path: `authority.${key}`,
  expected: 'a value, or authority.adapter: manual where there is no interface',
  expectedZh: '必填；没有接口时请设置 authority.adapter: manual',
});

const unused = (key: Setting, adapter: Adapter): FaultPlace => ({
  path: `authority.${key}`,
  expected: `nothing, since authority.adapter is ${adapter}`,
  expectedZh: `authority.adapter 为 ${adapter}，不应填写`,
});

function cipherPlaces({ aesKey, aesIv }: AuthorityConfig): readonly FaultPlace[] {
  if ((aesKey === null) === (aesIv === null)) return [];
  const path = `authority.${aesKey === null ? 'aesKey' : 'aesIv'}`;
  return [
    {
      path,
      expected: 'both authority.aesKey and authority.aesIv, or neither',
      expectedZh: 'aesKey 与 aesIv 须一同填写',
    },
  ];
}

function provincePlaces({ adapter, provinces }: AuthorityConfig): readonly FaultPlace[] {
  const path = 'authority.provinces';
  const codes = Object.entries(provinces);
  if (adapter === 'plain' || adapter === 'manual') {
    if (codes.length === 0) return [];
    return [
      {
        path,
        expected: `nothing, since authority.adapter is ${adapter}`,
        expectedZh: `authority.adapter 为 ${adapter}，不应填写`,
      },
    ];
  }
  if (codes.length === 0) {
    return [{ path, expected: 'at least one province', expectedZh: '至少填写一个省' }];
  }
  return codes.flatMap(([code, url]) => {
    if ((url === null) === (adapter === 'file')) return [];
    const place = `${path}.${code}`;
    return adapter === 'file'
      ? [
          {
            path: place,
            expected: 'null, since authority.adapter is file',
            expectedZh: 'authority.adapter 为 file，应为 null',
          },
        ]
      : [{ path: place, expected: 'the address of the interface', expectedZh: '应为该省接口的地址' }];
  });
}

/** Every address of the authority’s side, with its place in the configuration. */
export function addressesOf({
  url,
  provinces,
}: AuthorityConfig): readonly (readonly [path: string, address: string])[] {
  const all = [
    ['authority.url', url] as const,
    ...Object.entries(provinces).map(([code, each]) => [`authority.provinces.${code}`, each] as const),
  ];
  return all.flatMap(([path, address]) => (address ? [[path, address] as const] : []));
}
