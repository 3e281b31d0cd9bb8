import type { DownloadToPack } from '@openbeian/authority-wire/v3';
import { ipv4Number } from '@openbeian/model/authority-v3';
import { dayOf } from '@openbeian/model/calendar';
import { SimRefusal } from '../core/authority-core.ts';
import type { SimEvent } from '../core/events.ts';
import type { LedgerService, LedgerSubject } from '../core/ledger.ts';
import { lineKey } from '../core/lines.ts';
import type { Line } from '../core/words.ts';
import { askKey } from './answer-at-once.ts';
import { codeTablePart } from './code-tables.ts';
import { filedRecord, taskRecord, text, timeText } from './filed-record.ts';
import { subjectOnRecord } from './on-record.ts';
import { unitOf } from './units.ts';
import type { InterfaceWorld } from './world.ts';

/** So many records are in one part of a full synchronisation. */
const recordsInPart = 200;

/** What an operator or a scenario has the authority say, beyond results. Who is told follows from who serves the record. */
export class Notices {
  readonly #world: InterfaceWorld;

  constructor(world: InterfaceWorld) {
    this.#world = world;
  }

  /** 核实任务 about a subject. */
  sendTask(subjectNumber: string): void {
    const subject = this.#subject(subjectNumber);
    this.#tell(this.#linesOf(subjectNumber), (line) => {
      const record = filedRecord(subjectNumber, null, line.unit, this.#context());
      if (record === null) return null;
      return { part: { ICP: { HSRW: { Baxx: [taskRecord(record)] } } }, asks: [askKey(line, 'task', subject.id)] };
    });
  }

  /** 修改通知 about a subject or a service. */
  demandCorrection(number: string, said: string): void {
    const { ledger } = this.#world.core.state;
    const service = ledger.services.get(number);
    const record = service ?? this.#subject(number);
    const notice = { Tzlb: service === undefined ? 0 : 1, Baxh: number, Jlid: record.id, Tznr: text(said, 255) };
    this.#tell(this.#linesOf(number), () => ({ part: { ICP: { XGTZ: { Tzxx: [notice] } } } }));
  }

  /** 核查结果: what was found about a subject or a service. */
  sendCheck(
    number: string,
    found: 'wrong_subject' | 'over_reported' | 'under_reported' | 'dead' | 'alive' | 'look_again',
  ): void {
    const { core } = this.#world;
    const service = core.state.ledger.services.get(number);
    const part = service === undefined ? this.#subjectCheck(this.#subject(number)) : this.#serviceCheck(service, found);
    this.#tell(this.#linesOf(number), () => ({ part: { ICP: { HCJG: { Jgxx: part } } } }));
  }

  #subjectCheck(subject: LedgerSubject) {
    const detail = subjectOnRecord(this.#world.core.state, subject);
    const zj = { Zjlx: detail.certificateId ?? 1, Zjhm: text(detail.certificateNumber, 255) };
    return { Zthc: [{ Ztid: subject.id, Dwmc: text(detail.name, 255), ...zj, Cwyy: '主体信息与权威数据不一致' }] };
  }

  #serviceCheck({ id, number }: LedgerService, found: string) {
    const head = { Wzid: id, Wz_Baxh: number, Hcsj: timeText(this.#world.core.now()) };
    if (found === 'dead' || found === 'alive') return { Kkwzhc: [{ ...head, Hcjg: found === 'dead' ? 1 : 0 }] };
    if (found === 'look_again') return { Wzch: [head] };
    return { Jrhc: [{ ...head, Hcjg: found === 'under_reported' ? 2 : 1 }] };
  }

  /** 未备案网站 for a line: the provider answers what became of each. */
  listUnfiled(line: Line, sites: readonly { readonly domainName: string; readonly address: string }[]): void {
    const { core } = this.#world;
    const rows = sites.map(({ domainName, address }, index) => ({
      Id: core.state.noticeCount * 1000 + index + 1,
      Wzym_mc: domainName,
      IP: ipv4Number(address) ?? malformed('address', 'an IPv4 address'),
      Dqjcsj: dayOf(core.now()),
      Jccs: 1,
      Jrs: line.unit,
      Yys: 1,
    }));
    const asks = sites.map(({ domainName }) => askKey(line, 'unfiled', domainName));
    this.#tell([line], () => ({ part: { ICP: { WBAWZLB: { Wbawz_xx: rows } } }, asks }));
  }

  /** 非法接入黑名单, to every line. */
  listIllegalAccess(domainName: string, address: string, unit: number): void {
    const { core } = this.#world;
    const row = {
      Id: core.state.noticeCount + 1,
      Ym: domainName,
      Ip: ipv4Number(address) ?? malformed('address', 'an IPv4 address'),
      Zjjrz: unit,
      Szs: 110_000,
      Dqjcsj: dayOf(core.now()),
    };
    this.#tell(this.#allLines(), () => ({ part: { ICP: { FFJRHMD: { Ffjrxx: [row] } } } }));
  }

  /** 黑名单, to every line; from now on it is also held against filings. */
  blacklist(barred: {
    readonly subject: { readonly name: string; readonly certificateNumber: string } | null;
    readonly domainName: string | null;
    readonly act: 'added' | 'changed' | 'removed';
  }): void {
    const { core } = this.#world;
    const { subject, domainName } = barred;
    const Czlx = { added: 0, changed: 1, removed: 2 }[barred.act];
    const Zt_xx = subject && { Dwmc: text(subject.name, 255), Zj: { Zjlx: 1, Zjhm: subject.certificateNumber } };
    const Wz_xx = domainName === null ? null : { Wzmc: text(domainName, 512), Ym_xx: [{ Ym: domainName }] };
    if (barred.act === 'added') {
      core.seedRecords({
        subjects: [],
        takenSiteNames: [],
        blacklist: {
          certificateNumbers: subject === null ? [] : [subject.certificateNumber],
          domainNames: domainName === null ? [] : [domainName],
          siteNames: [],
        },
      });
    }
    if (barred.act === 'removed') {
      core.record([{ type: 'BarLifted', certificateNumber: subject?.certificateNumber ?? null, domainName }]);
    }
    const HMDLB = {
      ...(Zt_xx && { Zthmdxxs: [{ Zt_xx, Czlx }] }),
      ...(Wz_xx && { Wzhmdxxs: [{ Wz_xx, Czlx }] }),
    };
    this.#tell(this.#allLines(), () => ({ part: { ICP: { HMDLB } } }));
  }

  /** 代码表, to a line, or (null) to all. */
  sendCodeTables(line: Line | null): void {
    const { rules, units, core } = this.#world;
    const part = codeTablePart(rules, units, dayOf(core.now()));
    this.#tell(line === null ? this.#allLines() : [line], () => ({ part }));
  }

  /** 数据同步: everything on record that a line's provider serves. */
  sendEverything(line: Line): number {
    const { ledger } = this.#world.core.state;
    const subjects = [...ledger.subjects.keys()].filter((number) =>
      ledger
        .listServices(number)
        .some((service) =>
          ledger
            .listAccesses(service.number)
            .some((access) => access.line !== null && lineKey(access.line) === lineKey(line)),
        ),
    );
    const records = subjects.flatMap((number) => filedRecord(number, null, line.unit, this.#context()) ?? []);
    for (let start = 0; start < records.length; start += recordsInPart) {
      const Baxx = records.slice(start, start + recordsInPart);
      this.#tell([line], () => ({ part: { SJTB: { ICP: { Baxx } } } }));
    }
    return records.length;
  }

  #tell(lines: readonly Line[], say: (line: Line) => { part: DownloadToPack; asks?: readonly string[] } | null): void {
    const { core } = this.#world;
    if (lines.length === 0) throw new SimRefusal('not_found', 'no line of interface V3.0 serves this record');
    const events = lines.flatMap((line, index): SimEvent[] => {
      const said = say(line);
      const messageId = `notice-${core.state.noticeCount + index + 1}`;
      return said === null ? [] : [{ type: 'NoticeQueued', line, messageId, ...said }];
    });
    if (events.length > 0) core.record(events);
  }

  #subject(number: string): LedgerSubject {
    const subject = this.#world.core.state.ledger.subjects.get(number);
    if (subject === undefined) throw new SimRefusal('not_found', `no record in force ${number}`);
    return subject;
  }

  /** Lines over which an access to the record was reported. */
  #linesOf(number: string): readonly Line[] {
    const { ledger } = this.#world.core.state;
    const services = ledger.services.has(number)
      ? [number]
      : ledger.listServices(number).map((service) => service.number);
    const lines = services.flatMap((one) => ledger.listAccesses(one).flatMap(({ line }) => line ?? []));
    return [...new Map(lines.map((line) => [lineKey(line), line] as const)).values()];
  }

  /** Those over which somebody has called. */
  #allLines(): readonly Line[] {
    return [...this.#world.core.state.lines.values()].map(({ line }) => line);
  }

  #context() {
    const { core, rules, units } = this.#world;
    return { state: core.state, rules, unitOf: (provider: string) => unitOf(units, provider) };
  }
}

function malformed(path: string, expected: string): never {
  throw new SimRefusal('malformed', `malformed: ${path}`, [{ path, expected }]);
}
