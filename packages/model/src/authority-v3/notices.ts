import type { Day } from '../calendar/day.ts';
import { ipv4Text } from './ipv4-number.ts';
import { dayIn, orNull } from './records.ts';

type Maybe<T> = T | undefined;

/** The notices of a download, as far as they are read; anything may be missing. */
export interface NoticesToRead {
  readonly ZXSJ?: Maybe<{
    readonly Zxxx?: Maybe<readonly { readonly Zxlb?: Maybe<number>; readonly Jlid?: Maybe<number> }[]>;
  }>;
  readonly HMDLB?: Maybe<{
    readonly Zthmdxxs?: Maybe<
      readonly {
        readonly Zt_xx?: Maybe<{
          readonly Dwmc?: Maybe<string>;
          readonly Zj?: Maybe<{ readonly Zjlx?: Maybe<number>; readonly Zjhm?: Maybe<string> }>;
        }>;
        readonly Czlx?: Maybe<number>;
      }[]
    >;
    readonly Wzhmdxxs?: Maybe<
      readonly {
        readonly Wz_xx?: Maybe<{
          readonly Wzmc?: Maybe<string>;
          readonly Ym_xx?: Maybe<readonly { readonly Ym?: Maybe<string> }[]>;
        }>;
        readonly Czlx?: Maybe<number>;
      }[]
    >;
  }>;
  readonly FFJRHMD?: Maybe<{
    readonly Ffjrxx?: Maybe<
      readonly {
        readonly Ym?: Maybe<string>;
        readonly Ip?: Maybe<number>;
        readonly Zjjrz?: Maybe<number>;
        readonly Dqjcsj?: Maybe<string>;
      }[]
    >;
  }>;
  readonly WBAWZLB?: Maybe<{
    readonly Wbawz_xx?: Maybe<
      readonly {
        readonly Id?: Maybe<number>;
        readonly Wzym_mc?: Maybe<string>;
        readonly IP?: Maybe<number>;
        readonly Yys?: Maybe<number>;
        readonly Jrs?: Maybe<number>;
        readonly Dqjcsj?: Maybe<string>;
      }[]
    >;
  }>;
  readonly HCJG?: Maybe<{
    readonly Jgxx?: Maybe<{
      readonly Zthc?: Maybe<readonly { readonly Ztid?: Maybe<number>; readonly Cwyy?: Maybe<string> }[]>;
      readonly Jrhc?: Maybe<readonly CheckToRead[]>;
      readonly Kkwzhc?: Maybe<readonly CheckToRead[]>;
      readonly Wzch?: Maybe<readonly CheckToRead[]>;
    }>;
  }>;
  readonly XGTZ?: Maybe<{
    readonly Tzxx?: Maybe<
      readonly {
        readonly Tzlb?: Maybe<number>;
        readonly Baxh?: Maybe<string>;
        readonly Jlid?: Maybe<number>;
        readonly Tznr?: Maybe<string>;
      }[]
    >;
  }>;
}

interface CheckToRead {
  readonly Wzid?: Maybe<number>;
  readonly Wz_Baxh?: Maybe<string>;
  readonly Hcjg?: Maybe<number>;
  readonly Hcsj?: Maybe<string>;
}

/** One notice of the authority, in our words. Ids are the authority’s. */
export type AuthorityNotice =
  /** 注销数据. */
  | { readonly kind: 'record_ended'; readonly scope: 'subject' | 'service'; readonly id: number }
  /** 黑名单. */
  | {
      readonly kind: 'subject_blacklisted';
      readonly act: BlacklistAct;
      readonly name: string | null;
      readonly certificateId: number | null;
      readonly certificateNumber: string;
    }
  | {
      readonly kind: 'service_blacklisted';
      readonly act: BlacklistAct;
      readonly name: string | null;
      readonly domains: readonly string[];
    }
  /** 非法接入黑名单; `provider` served it last. */
  | {
      readonly kind: 'illegal_access';
      readonly domain: string;
      readonly address: string | null;
      readonly provider: number | null;
      readonly seenOn: Day | null;
    }
  /** 未备案网站. */
  | {
      readonly kind: 'unfiled_site';
      readonly id: number;
      readonly domain: string;
      readonly address: string | null;
      readonly carrier: number | null;
      readonly provider: number | null;
      readonly seenOn: Day | null;
    }
  /** 核查结果. */
  | { readonly kind: 'subject_checked'; readonly id: number; readonly reason: string | null }
  | {
      readonly kind: 'service_checked';
      readonly id: number;
      readonly number: string | null;
      /** `look_again`: the site has to be looked at again (网站重核). */
      readonly found: 'over_reported' | 'under_reported' | 'alive' | 'dead' | 'look_again';
      readonly on: Day | null;
    }
  /** 修改通知. */
  | {
      readonly kind: 'correction_demanded';
      readonly scope: 'subject' | 'service';
      readonly id: number | null;
      readonly number: string | null;
      readonly text: string;
    };

type BlacklistAct = 'added' | 'changed' | 'removed';

export interface ReadNotices {
  readonly notices: readonly AuthorityNotice[];
  /** Those of which too little is there to act on, by their paths; they are kept and shown, not lost. */
  readonly incomplete: readonly string[];
}

/** Every notice of a download, in its order. */
export function readNotices(from: NoticesToRead): ReadNotices {
  const notices: AuthorityNotice[] = [];
  const incomplete: string[] = [];
  const each = <Item>(path: string, items: Maybe<readonly Item[]>, map: (item: Item) => AuthorityNotice | null) => {
    (items ?? []).forEach((item, index) => {
      const notice = map(item);
      if (notice === null) incomplete.push(`ICP.${path}[${index}]`);
      else notices.push(notice);
    });
  };
  each('ZXSJ.Zxxx', from.ZXSJ?.Zxxx, ({ Zxlb, Jlid }) => {
    const scope = scopeOf(Zxlb);
    return scope === null || Jlid === undefined ? null : { kind: 'record_ended', scope, id: Jlid };
  });
  each('HMDLB.Zthmdxxs', from.HMDLB?.Zthmdxxs, blacklistedSubject);
  each('HMDLB.Wzhmdxxs', from.HMDLB?.Wzhmdxxs, blacklistedService);
  each('FFJRHMD.Ffjrxx', from.FFJRHMD?.Ffjrxx, illegalAccess);
  each('WBAWZLB.Wbawz_xx', from.WBAWZLB?.Wbawz_xx, unfiledSite);
  const checks = from.HCJG?.Jgxx;
  each('HCJG.Jgxx.Zthc', checks?.Zthc, ({ Ztid, Cwyy }) =>
    Ztid === undefined ? null : { kind: 'subject_checked', id: Ztid, reason: orNull(Cwyy) },
  );
  each('HCJG.Jgxx.Jrhc', checks?.Jrhc, checked({ 1: 'over_reported', 2: 'under_reported' }));
  each('HCJG.Jgxx.Kkwzhc', checks?.Kkwzhc, checked({ 0: 'alive', 1: 'dead' }));
  each('HCJG.Jgxx.Wzch', checks?.Wzch, (check) => checked({ 0: 'look_again' })({ ...check, Hcjg: 0 }));
  each('XGTZ.Tzxx', from.XGTZ?.Tzxx, correction);
  return { notices, incomplete };
}

type Items<Part> = NonNullable<Part> extends readonly (infer Item)[] ? Item : never;
type Blacklists = NonNullable<NoticesToRead['HMDLB']>;

const scopeOf = (code: Maybe<number>) => (code === 0 ? 'subject' : code === 1 ? 'service' : null);

const acts: ReadonlyMap<Maybe<number>, BlacklistAct> = new Map([
  [0, 'added'],
  [1, 'changed'],
  [2, 'removed'],
]);

function blacklistedSubject({ Zt_xx, Czlx }: Items<Blacklists['Zthmdxxs']>): AuthorityNotice | null {
  const act = acts.get(Czlx);
  const certificateNumber = orNull(Zt_xx?.Zj?.Zjhm);
  if (act === undefined || certificateNumber === null) return null;
  const certificateId = Zt_xx?.Zj?.Zjlx ?? null;
  return { kind: 'subject_blacklisted', act, name: orNull(Zt_xx?.Dwmc), certificateId, certificateNumber };
}

function blacklistedService({ Wz_xx, Czlx }: Items<Blacklists['Wzhmdxxs']>): AuthorityNotice | null {
  const act = acts.get(Czlx);
  const domains = (Wz_xx?.Ym_xx ?? []).flatMap(({ Ym }) => orNull(Ym) ?? []);
  if (act === undefined || domains.length === 0) return null;
  return { kind: 'service_blacklisted', act, name: orNull(Wz_xx?.Wzmc), domains };
}

function illegalAccess(item: Items<NonNullable<NoticesToRead['FFJRHMD']>['Ffjrxx']>): AuthorityNotice | null {
  const domain = orNull(item.Ym);
  if (domain === null) return null;
  const provider = item.Zjjrz ?? null;
  return { kind: 'illegal_access', domain, address: addressOf(item.Ip), provider, seenOn: dayIn(item.Dqjcsj) };
}

function unfiledSite(item: Items<NonNullable<NoticesToRead['WBAWZLB']>['Wbawz_xx']>): AuthorityNotice | null {
  const domain = orNull(item.Wzym_mc);
  if (item.Id === undefined || domain === null) return null;
  return {
    kind: 'unfiled_site',
    id: item.Id,
    domain,
    address: addressOf(item.IP),
    carrier: item.Yys ?? null,
    provider: item.Jrs ?? null,
    seenOn: dayIn(item.Dqjcsj),
  };
}

const addressOf = (value: Maybe<number>): string | null => (value === undefined ? null : ipv4Text(value));

type Found = Extract<AuthorityNotice, { kind: 'service_checked' }>['found'];

const checked =
  (meanings: Readonly<Record<number, Found>>) =>
  ({ Wzid, Wz_Baxh, Hcjg, Hcsj }: CheckToRead): AuthorityNotice | null => {
    const found = Hcjg === undefined ? undefined : meanings[Hcjg];
    if (found === undefined || Wzid === undefined) return null;
    return { kind: 'service_checked', id: Wzid, number: orNull(Wz_Baxh), found, on: dayIn(Hcsj) };
  };

function correction({
  Tzlb,
  Baxh,
  Jlid,
  Tznr,
}: Items<NonNullable<NoticesToRead['XGTZ']>['Tzxx']>): AuthorityNotice | null {
  const scope = scopeOf(Tzlb);
  const [number, text] = [orNull(Baxh), orNull(Tznr)];
  if (scope === null || text === null || (number === null && Jlid === undefined)) return null;
  return { kind: 'correction_demanded', scope, id: Jlid ?? null, number, text };
}
