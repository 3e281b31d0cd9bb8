import { setTimeout as pause } from 'node:timers/promises';
import type { FilingKind } from '@openbeian/model/filing';
import { ProblemError } from '../../packages/contract/src/client.ts';
import { randomFrom } from '../chaos/seed.ts';
import { bind, type Filing, fillIn, type Organiser, submitAndPass } from '../lifecycle/organisers.ts';
import { type LineWorld, lineProvinces } from './line-world.ts';

/** What the stories need of what goes on around them. */
export interface StoryMeans {
  readonly world: LineWorld;
  readonly seed: number;
  readonly tell: (line: string) => void;
  /** Waits for the verdict on a filing that was passed. */
  decided(filingId: string): Promise<string>;
}

/** A filing that came to its end, in the order in which it was made. */
export interface StoryFiling {
  readonly filingId: string;
  readonly kind: FilingKind;
  /** How often it was handed over. */
  readonly handedOver: number;
}

/** Once in so many a filing is rejected first. */
const rejectedOnceIn = 6;

/** Which story it is, and whether it goes on. */
interface Place {
  readonly index: number;
  /** One more filing, where some are left to be made. */
  readonly left: () => boolean;
}

/** As a person does who is told to come again later, since the authority cannot be asked now. */
async function insist<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'authority.unreachable' || tries === 20) throw error;
      await pause(200);
    }
  }
}

/** One organiser and its filings, one after the other. */
class Story {
  readonly #means: StoryMeans;
  readonly #organiser: Organiser;
  readonly #left: () => boolean;
  readonly #random: () => number;
  readonly filings: StoryFiling[] = [];

  constructor(means: StoryMeans, organiser: Organiser, { index, left }: Place) {
    this.#means = means;
    this.#organiser = organiser;
    this.#left = left;
    // Of its own, so that others at the same time change nothing.
    this.#random = randomFrom(means.seed * 100_003 + index);
  }

  /** Filed when there are filings left to be made; null: there are not, and the story ends. */
  async file(kind: FilingKind, start: () => Promise<Filing>, name: string | null = null): Promise<Filing | null> {
    if (!this.#left()) return null;
    const { world, decided } = this.#means;
    const { client } = this.#organiser;
    const isRejected = name !== null && this.#random() < 1 / rejectedOnceIn;
    let filing = await insist(start);
    if (filing.kind !== kind) throw new Error(`${filing.id} is ${filing.kind} instead of ${kind}`);
    if (isRejected) filing = await fillIn(this.#organiser, filing, { 'service.name': await this.#takenName() });
    await submitAndPass(world, this.#organiser, filing);
    let state = await decided(filing.id);
    const params = { filingId: filing.id };
    if (isRejected && state === 'rejected') {
      const { filing: rejected } = await client.getFiling({ params });
      const corrected = await fillIn(this.#organiser, rejected, { 'service.name': name });
      await submitAndPass(world, this.#organiser, corrected);
      state = await decided(filing.id);
    }
    const { filing: ended } = await client.getFiling({ params });
    if (ended.state !== 'filed') throw new Error(`${kind} ${ended.id}: ${state}: ${JSON.stringify(ended.findings)}`);
    this.#means.tell(`${kind} ${ended.id} is filed`);
    this.filings.push({ filingId: ended.id, kind, handedOver: isRejected ? 2 : 1 });
    return ended;
  }

  /** A name that the authority has for somebody else: who asks for it is rejected. */
  async #takenName(): Promise<string> {
    const name = this.nameOf(13);
    await this.#means.world.controls.seedRecords({ takenSiteNames: [name] });
    return name;
  }

  /** A filing that opens a service, filled in and bound to a server. */
  async opened(serial: number, subjectNumber?: string, more: Readonly<Record<string, unknown>> = {}): Promise<Filing> {
    const organiser = this.#organiser;
    const body = { ...organiser.startOf(serial, 'website'), ...(subjectNumber === undefined ? {} : { subjectNumber }) };
    const { filing } = await organiser.client.startFiling({ body });
    const values = { ...organiser.valuesOf(serial, 'website'), ...more };
    return bind(this.#means.world, organiser, await fillIn(organiser, filing, values));
  }

  async startOn(number: string, wants: 'change' | 'cancel' | 'end_access'): Promise<Filing> {
    return (await this.#organiser.client.startRecordFiling({ body: { number, wants } })).filing;
  }

  async ending(number: string, wants: 'cancel' | 'end_access', password: string): Promise<Filing> {
    const organiser = this.#organiser;
    return fillIn(organiser, await this.startOn(number, wants), {
      'cancellation.lastSix': organiser.startOf(0, 'website').certificateNumber.slice(-6),
      'cancellation.understood': 'yes',
      'cancellation.reason': '不再使用',
      'cancellation.filingPassword': password,
    });
  }

  nameOf = (serial: number): string => String(this.#organiser.valuesOf(serial, 'website')['service.name']);

  async change(number: string, values: Readonly<Record<string, unknown>>): Promise<Filing> {
    return fillIn(this.#organiser, await this.startOn(number, 'change'), values);
  }

  /** What the authority sent the organiser's principal with its number. */
  async passwordOf(subjectNumber: string): Promise<string> {
    const { subjects } = await this.#means.world.controls.getState();
    return subjects.find(({ number }) => number === subjectNumber)?.filingPassword ?? '';
  }
}

const newOrganiser = async ({ world }: StoryMeans, index: number): Promise<Organiser> => {
  const turn = Math.floor(index / 2);
  // Certificates of other natures are beyond those that a change carries (`Zjlx` of `BGBA`) and that the authority can be asked about.
  const nature = index % 3 === 0 ? 'individual' : 'enterprise';
  const provinceCode = lineProvinces[turn % lineProvinces.length] ?? lineProvinces[0];
  // Twenty numbers are an organiser's own.
  return world.organiser(await world.account(nature), nature, { provinceCode, seed: 20 * (index + 1) });
};

/** From the first filing to the end of the organiser: seven filings. */
async function fromTheBeginning(means: StoryMeans, place: Place): Promise<StoryFiling[]> {
  const organiser = await newOrganiser(means, place.index);
  const { reviewer } = means.world;
  const story = new Story(means, organiser, place);
  const first = await story.file('first', () => story.opened(0), story.nameOf(0));
  if (first === null) return story.filings;
  const subjectNumber = first.subjectNumber ?? '';
  const added = await story.file('add_site_here', () => story.opened(1), story.nameOf(1));
  if (added === null) return story.filings;
  const serviceNumber = added.serviceNumber ?? '';
  const address = `${String(organiser.valuesOf(0, 'website')['subject.contactAddress'])}二层`;
  await story.file('change_filing', () => story.change(subjectNumber, { 'subject.contactAddress': address }));
  const renamed = { 'service.name': story.nameOf(7) };
  await story.file('change_site', () => story.change(serviceNumber, renamed), story.nameOf(7));
  await story.file('correction', async () => {
    const items = [{ field: 'service.remark', comment: '请写明网站用途' }];
    await reviewer.demandCorrection({ body: { serviceNumber, demandedBy: 'authority', items } });
    return story.change(serviceNumber, { 'service.remark': '用于展示本单位的介绍和活动信息，长期更新。' });
  });
  await story.file('cancel_site', () => story.ending(serviceNumber, 'cancel', ''));
  const password = await story.passwordOf(subjectNumber);
  await story.file('cancel_subject', () => story.ending(subjectNumber, 'cancel', password));
  return story.filings;
}

/** Of an organiser on record with another provider: one more site here, or its site connected here, ended and connected again. */
async function fromElsewhere(means: StoryMeans, place: Place): Promise<StoryFiling[]> {
  const organiser = await newOrganiser(means, place.index);
  const subjectNumber = await seedElsewhere(means, organiser, place.index);
  const story = new Story(means, organiser, place);
  if (place.index % 4 === 3) {
    await story.file('add_site_elsewhere', () => story.opened(1, subjectNumber), story.nameOf(1));
    return story.filings;
  }
  const password = { 'service.access.filingPassword': await story.passwordOf(subjectNumber) };
  const access = await story.file('access', () => story.opened(0, subjectNumber, password));
  if (access === null) return story.filings;
  const serviceNumber = access.serviceNumber ?? '';
  await story.file('cancel_access', () => story.ending(serviceNumber, 'end_access', ''));
  await story.file('access_one_click', () => story.opened(0, subjectNumber, password));
  return story.filings;
}

const letters: Readonly<Record<string, string>> = { 440000: '粤', 430000: '湘', 510000: '蜀' };

async function seedElsewhere({ world }: StoryMeans, organiser: Organiser, index: number): Promise<string> {
  const { subjectKind, certificateType, certificateNumber, domainName, provinceCode } = organiser.startOf(0, 'website');
  const values = organiser.valuesOf(0, 'website');
  const number = `${letters[provinceCode] ?? '粤'}ICP备2021${String(index + 1).padStart(6, '0')}号`;
  const service = {
    number: `${number}-1`,
    name: String(values['service.name']),
    domainName,
    accesses: ['another-provider'],
  };
  const name = String(values['subject.name']);
  const subject = { number, kind: subjectKind, name, certificateType, certificateNumber, services: [service] };
  await world.controls.seedRecords({ subjects: [subject] });
  return number;
}

/** Stories until `filings` are made, `lanes` at a time. @returns every filing that was made */
export async function tellStories(means: StoryMeans, filings: number, lanes: number): Promise<StoryFiling[]> {
  let begun = 0;
  let next = 0;
  const told: StoryFiling[] = [];
  const lane = async () => {
    while (begun < filings) {
      const index = next;
      next += 1;
      const tell = index % 2 === 0 ? fromTheBeginning : fromElsewhere;
      // Its own filings are set aside from the start, so that it does not depend on who is faster which are made.
      let own = Math.min(index % 2 === 0 ? 7 : index % 4 === 3 ? 1 : 3, filings - begun);
      begun += own;
      told.push(...(await tell(means, { index, left: () => own-- > 0 })));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return told;
}
