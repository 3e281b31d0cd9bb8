import { setTimeout as sleep } from 'node:timers/promises';
import type { DownloadData, UploadData } from '@openbeian/authority-wire/v3';
import { readResults } from '@openbeian/model/authority-v3';
import type { interfaceClient } from './interface-client.ts';
import { sampleBaxx, sampleFzr, sampleWz, upload } from './sample-upload.ts';

type Client = ReturnType<typeof interfaceClient>;

const closedCodes: readonly number[] = [20, 901, 902];
/** Whoever is told to come later comes later. */
const laterMs = 1_050;

/** A provider's system that does everything right: it works off what it has to upload, and answers what it is asked. */
export class RightProvider {
  readonly #client: Client;
  readonly #toUpload: UploadData[];
  readonly #done = new Set<string>();
  #sequence = 0;
  /** Of its own filings, each once. */
  readonly #recorded = new Set<number>();
  #filed = 0;
  readonly #elsewhere: string | undefined;
  readonly #passwordOf: (number: string) => Promise<string>;
  /** Verdicts by the provider's number of the subject. */
  readonly verdicts = new Map<number, string>();

  /** @param known a service of another provider, of which it adds the access, and organisers' passwords by number (as their MD5) */
  constructor(
    client: Client,
    seeds: readonly number[],
    known: {
      readonly elsewhere: { readonly number: string; readonly password: string } | null;
      readonly passwordOf: (number: string) => Promise<string>;
    } = { elsewhere: null, passwordOf: async () => '' },
  ) {
    this.#client = client;
    this.#passwordOf = known.passwordOf;
    const { elsewhere } = known;
    this.#elsewhere = elsewhere?.number;
    this.#toUpload = seeds.map((seed) => upload({ XZBA: { Baxx: [sampleBaxx(seed)] } }));
    if (elsewhere === null) return;
    const { IspJrid, Wzfb, Wzjrfs, Ip_xx } = accessOf(200);
    const added = { Wz_xx: { Wzbah: elsewhere.number }, IspJrid, Wzfb, Wzjrfs, Ip_xx, ICPmm: elsewhere.password };
    this.#toUpload.push(upload({ XZJR: { Xzxx: [added] } }));
  }

  /** One upload, if there is any, and everything that can be downloaded. */
  async work(): Promise<void> {
    const next = this.#toUpload[0];
    if (next !== undefined && (await this.#uploadOne(next))) this.#toUpload.shift();
    await this.#downloadOne();
  }

  async #uploadOne(data: UploadData): Promise<boolean> {
    const sequence = this.#sequence + 1;
    const code = await this.#client.upload(sequence, data).then(
      ({ msg_code }) => msg_code,
      () => null,
    );
    if (code === 0) {
      this.#sequence = sequence;
      return true;
    }
    if (code !== null && closedCodes.includes(code)) {
      await sleep(laterMs);
      return false;
    }
    // No answer: what the authority has decides whether it is sent again.
    const previous = await this.#client.ask('isp_querypreviousupload', {}).catch(() => null);
    this.#sequence = previous?.fileInfos?.dataSequence ?? this.#sequence;
    return this.#sequence === sequence;
  }

  async #downloadOne(): Promise<void> {
    const file = await this.#client.download().catch(() => null);
    if (file !== null && closedCodes.includes(file.code)) await sleep(laterMs);
    if (file?.fileName == null || file.data === null) return;
    if (!this.#done.has(file.fileName)) await this.#heed(file.data);
    this.#done.add(file.fileName);
    await this.#client.acknowledge(file.fileName).catch(() => null);
  }

  async #heed({ ICP = {} }: DownloadData): Promise<void> {
    for (const { mark, outcome } of readResults(ICP.BAJG ?? {})) {
      if (mark.by !== 'own_subject' || outcome === 'unclear' || mark.id === 987_654_321) continue;
      this.verdicts.set(mark.id, outcome);
      if (outcome === 'rejected') this.#correct(mark.id / 10);
    }
    for (const { Wzym_mc, IP } of ICP.WBAWZLB?.Wbawz_xx ?? []) {
      const handled = { Ym: Wzym_mc ?? '', IP: IP ?? 1, Yys: 1, Jrs: 9001, Shengid: 440_000, Cljg: 1, Clyj: '已关闭' };
      this.#toUpload.push(upload({ WBACLJG: { Clxx: [{ ...handled, Rbsj: '2026-11-23', Clsx: '2026-11-23' }] } }));
    }
    for (const task of ICP.HSRW?.Baxx ?? []) this.#toUpload.push(verified(task));
    for (const record of ICP.BASJ?.Baxx ?? []) await this.#goOnWith(record);
  }

  /**
   * Of the first four that are on record: one gets another service, one is changed, and of two the service and the subject end. The
   * access to another provider's service ends again: the only access of a service cannot.
   */
  async #goOnWith({ Zt_xx, Wz_xx }: Filed): Promise<void> {
    const added = Wz_xx?.find(({ Baxh }) => Baxh === this.#elsewhere)?.Jr_xx?.find(
      ({ IspJrid }) => IspJrid !== undefined,
    );
    if (added?.Jrid !== undefined && !this.#recorded.has(added.Jrid)) {
      this.#recorded.add(added.Jrid);
      this.#end({ Zxlb: 2, Jlid: added.Jrid });
      return;
    }
    const { IspZtid, Ztid = 0, Baxh = '' } = Zt_xx ?? {};
    const [site] = Wz_xx ?? [];
    if (IspZtid === undefined || site?.Wzid === undefined || this.#recorded.has(Ztid)) return;
    this.#recorded.add(Ztid);
    this.#filed += 1;
    const seed = IspZtid / 10;
    if (this.#filed === 1) {
      this.#toUpload.push(upload({ XZWZ: { Xzxx: [{ Zt_xx: { Ztid }, Wz_xx: [sampleWz(seed + 100)] }] } }));
    } else if (this.#filed === 2) {
      const ids = { Ztid, Baxh, Wzid: site.Wzid, siteNumber: site.Baxh ?? '', Jrid: site.Jr_xx?.[0]?.Jrid ?? 0 };
      this.#toUpload.push(changed(seed, ids));
    } else if (this.#filed === 3) {
      this.#end({ Zxlb: 1, Jlid: site.Wzid });
    } else if (this.#filed === 4) {
      this.#end({ Zxlb: 0, Jlid: Ztid, ICPmm: await this.#passwordOf(Baxh) });
    }
  }

  #end(what: { readonly Zxlb: number; readonly Jlid: number; readonly ICPmm?: string }): void {
    this.#toUpload.push(upload({ ZXBA: { Zx_xx: [{ ...what, Zxly: 1 }] } }));
  }

  #correct(seed: number): void {
    const filing = sampleBaxx(seed);
    this.#toUpload.push(upload({ XZBA: { Baxx: [{ ...filing, Zt_xx: { ...filing.Zt_xx, Bz: '已按要求修改' } }] } }));
  }
}

type Filed = NonNullable<NonNullable<NonNullable<DownloadData['ICP']>['BASJ']>['Baxx']>[number];

function accessOf(seed: number) {
  const [access] = sampleWz(seed).Jr_xx;
  if (access === undefined) throw new Error('a sample has an access');
  return access;
}

interface ChangedIds {
  readonly Ztid: number;
  readonly Baxh: string;
  readonly Wzid: number;
  readonly siteNumber: string;
  readonly Jrid: number;
}

/** The name of its site is another one. */
function changed(seed: number, { Ztid, Baxh, Wzid, siteNumber, Jrid }: ChangedIds): UploadData {
  const { IspZtid: _own, Bbfs: _by, ...subject } = sampleBaxx(seed).Zt_xx;
  const { IspWzid: _ownSite, ...site } = sampleWz(seed);
  const Jr_xx = site.Jr_xx.map(({ IspJrid: _ownAccess, ...access }) => ({ ...access, Jrid }));
  const Wz_xx = [{ ...site, Wzid, Wzmc: `改名后的网站${seed}`, Baxh: siteNumber, Jr_xx }];
  return upload({ BGBA: { Bgxx: [{ Zt_xx: { ...subject, Ztid, Baxh }, Wz_xx }] } });
}

type Task = NonNullable<NonNullable<NonNullable<DownloadData['ICP']>['HSRW']>['Baxx']>[number];

function verified({ Zt_xx, Wz_xx }: Task): UploadData {
  const { Fzr_sjhm, ...person } = sampleFzr(1);
  const { Zt_xx: subject } = sampleBaxx(1);
  const service = sampleWz(1);
  return upload({
    HSJG: {
      Hsjgxx: [
        {
          Hsjg: 0,
          Hsrxm: '核实人',
          Hssj: '2026-11-23',
          Bbdw: 9001,
          Hsyj: '信息属实',
          Baxx: {
            Zt_xx: {
              Ztid: Zt_xx?.Ztid ?? 0,
              Dwmc: subject.Dwmc,
              Txdz: subject.Txdz,
              Zj: subject.Zj,
              Fzr: { ...person, sjhm: Fzr_sjhm },
            },
            Wz_xx: (Wz_xx ?? []).map((site) => ({
              Wzid: site.Wzid ?? 0,
              Wzmc: site.Wzmc ?? service.Wzmc,
              Fwnr: service.Fwnr,
              Ym_xx: (site.Ym_xx ?? []).map(({ Ymid = 0, Ym = '' }) => ({ Ymid, Ym })),
              Jr_xx: (site.Jr_xx ?? []).map(({ Jrid = 0, Ip_xx = [] }) => ({
                Jrid,
                Wzfb: { Fbdd: [5] },
                Wzjrfs: { Jrfs: [3] },
                Ip_xx: Ip_xx.map(({ Ipid = 0, Qsip = 1, Zzip = 1 }) => ({ Ipid, Qsip, Zzip })),
                Bbfs: 1,
              })),
              Wz_Fzr: { ...person, sjhm: Fzr_sjhm },
            })),
          },
        },
      ],
    },
  });
}
