/**
 * Top-level domains that may be filed: the union of three published lists (docs/sources.md `FILEABLE-SUFFIXES`). MIIT's own
 * list has not been available, and copies grow old: a suffix that is missing here is a warning, never a refusal (ADR 10).
 * What is below one of them (com.cn, org.cn) may be filed like it. `asOf` is the day of the newest of the three.
 */
export const fileableSuffixes: { readonly asOf: string; readonly source: string; readonly names: ReadonlySet<string> } =
  {
    asOf: '2026-07-04',
    source: 'FILEABLE-SUFFIXES',
    names: new Set(
      // Tencent's list of 2020-07-24.
      (
        '中国 中國 cn 政务 公益 公司 网络 网址 商城 网店 中信 商标 广东 佛山 信息 手机 在线 中文网 集团 我爱你 商店 企业 娱乐 游戏 购物 餐厅 招聘 时尚 移动 网站 联通 ren wang citic top ' +
        'sohu xin com net club xyz vip site shop ink info mobi red pro kim ltd group biz auto link work law beer store ' +
        'tech fun online art design wiki love center video social team show cool zone world today city chat company ' +
        'live fund gold plus guru run pub email life co fashion fit luxe yoga baidu cloud host space press website ' +
        'archi asia bio black blue green lotto organic pet pink poker promo ski vote voto icu fans tv cc unicom ' +
        'jpmorgan chase band cab cafe cash fan fyi games market mba news media sale shopping studio tax technology vin ' +
        'baby college monster protection rent security storage theatre ' +
        // On a list of later than 2022, which has all of the above in Latin letters.
        'bond cyou school uno ' +
        // On a list of Chinese suffixes of 2026-07-04, taken from MIIT's pages, which has all of the above in Chinese.
        '世界 健康'
      ).split(' '),
    ),
  };
