import { type Day, isDay } from '../calendar/day.ts';
import { ipv4Text } from './ipv4-number.ts';
import type { RecordedService } from './to-map.ts';

/** A record of a download (`Baxx` of `BASJ`, `SJTB` and `HSRW`), as far as it is read; anything may be missing. */
export interface RecordToRead {
  readonly Zt_xx?:
    | {
        readonly IspZtid?: number | undefined;
        readonly Ztid?: number | undefined;
        readonly Dwmc?: string | undefined;
        readonly Dwxz?: number | undefined;
        readonly Txdz?:
          | {
              readonly Shengid?: number | undefined;
              readonly Shiid?: number | undefined;
              readonly Xianid?: number | undefined;
            }
          | undefined;
        readonly Zj?: { readonly Zjlx?: number | undefined; readonly Zjhm?: string | undefined } | undefined;
        readonly Baxh?: string | undefined;
        readonly Zjxgsj?: string | undefined;
      }
    | undefined;
  readonly Wz_xx?: readonly ServiceToRead[] | undefined;
}

type AccessToRead = NonNullable<RecordedService['Jr_xx']>[number] & {
  readonly IspJrid?: number | undefined;
  readonly Ispid?: number | undefined;
};

type ServiceToRead = Omit<RecordedService, 'Jr_xx'> & {
  readonly IspWzid?: number | undefined;
  readonly Jr_xx?: readonly AccessToRead[] | undefined;
};

/** Both sides’ numbers of one thing; null where the download does not have it. */
interface BothIds {
  /** The authority’s. */
  readonly id: number | null;
  /** The provider’s, as it gave it. */
  readonly ownId: number | null;
}

/** What the authority has on record of an organiser and its services. */
export interface AuthorityRecord {
  readonly subject: BothIds & {
    readonly number: string | null;
    readonly name: string | null;
    readonly nature: number | null;
    readonly certificateId: number | null;
    readonly certificateNumber: string | null;
    /** The lowest division, six digits. */
    readonly region: string | null;
    readonly changedOn: Day | null;
  };
  readonly services: readonly (BothIds & {
    readonly number: string | null;
    readonly name: string | null;
    readonly homeUrl: string | null;
    readonly contents: readonly number[];
    readonly domains: readonly (BothIds & { readonly name: string | null })[];
    readonly accesses: readonly (BothIds & {
      /** The provider whose access it is, by the authority’s number. */
      readonly provider: number | null;
      readonly addresses: readonly { readonly first: string; readonly last: string }[];
    })[];
  })[];
}

/** A record in our words; what is missing is null, and nothing is made up. */
export function recordOf({ Zt_xx = {}, Wz_xx = [] }: RecordToRead): AuthorityRecord {
  const { Shengid, Shiid, Xianid } = Zt_xx.Txdz ?? {};
  const region = Xianid ?? Shiid ?? Shengid;
  return {
    subject: {
      id: Zt_xx.Ztid ?? null,
      ownId: Zt_xx.IspZtid ?? null,
      number: orNull(Zt_xx.Baxh),
      name: orNull(Zt_xx.Dwmc),
      nature: Zt_xx.Dwxz ?? null,
      certificateId: Zt_xx.Zj?.Zjlx ?? null,
      certificateNumber: orNull(Zt_xx.Zj?.Zjhm),
      region: region === undefined ? null : String(region),
      changedOn: dayIn(Zt_xx.Zjxgsj),
    },
    services: Wz_xx.map(serviceOf),
  };
}

function serviceOf(service: ServiceToRead): AuthorityRecord['services'][number] {
  return {
    id: service.Wzid ?? null,
    ownId: service.IspWzid ?? null,
    number: orNull(service.Baxh),
    name: orNull(service.Wzmc),
    homeUrl: orNull(service.Syurl),
    contents: service.Fwnr?.Fwnr_id ?? [],
    domains: (service.Ym_xx ?? []).map(({ Ymid, IspYmid, Ym }) => ({
      id: Ymid ?? null,
      ownId: IspYmid ?? null,
      name: orNull(Ym),
    })),
    accesses: (service.Jr_xx ?? []).map(({ Jrid, IspJrid, Ispid, Ip_xx = [] }) => ({
      id: Jrid ?? null,
      ownId: IspJrid ?? null,
      provider: Ispid ?? null,
      addresses: Ip_xx.flatMap(({ Qsip, Zzip }) =>
        Qsip === undefined || Zzip === undefined ? [] : [{ first: ipv4Text(Qsip), last: ipv4Text(Zzip) }],
      ),
    })),
  };
}

/** Text without white space around it; null for none. */
export const orNull = (text: string | undefined): string | null => {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
};

/** The day of `2026-11-21` or `2026-11-21 10:30:00`, which are of Shanghai; null for anything else. */
export function dayIn(text: string | undefined): Day | null {
  const day = text?.trim().slice(0, 10);
  return isDay(day) ? day : null;
}
