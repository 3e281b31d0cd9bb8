import { loadCodeTables } from '@openbeian/policies/code-tables';
import type { Organiser } from '../lifecycle/organisers.ts';
import { type LineWorld, lineProvinces } from './line-world.ts';
import { type Place, Story, type StoryFiling, type StoryMeans, type StoryMove } from './story.ts';

const { natures, certificates } = loadCodeTables();
const natureKeys = natures.items.flatMap(({ key }) => key ?? []);
const others = natureKeys.filter((key) => key !== 'individual' && key !== 'enterprise');
/** `Zjlx` of a change (`BGBA`) goes no further; what opens a record carries every certificate. */
const lastChanged = 11;
/** Guangdong takes no medical licence. */
const noMedical = '440000';

/** Stories go in pairs of the same nature: two of three are persons and companies, the others go round through all there are. */
function natureOf(turn: number): string {
  const usual = ['individual', 'enterprise'][turn % 3];
  return usual ?? others[(Math.floor(turn / 3) + 1) % others.length] ?? 'enterprise';
}

const provinceOf = (turn: number, nature: string): (typeof lineProvinces)[number] => {
  const places = lineProvinces.filter((code) => nature !== 'medical_institution' || code !== noMedical);
  return places[(turn + Math.floor(turn / 3)) % places.length] ?? lineProvinces[1];
};

/** Numbers that are an organiser's own. By so many apart, 700 have certificates of their own. */
const numbersOfOne = 18;
/** The pictures of most are small, those of every eighth as large as the authority takes them: packing those costs most of a hand-over. */
const coarse = 64;

const newOrganiser = async (world: LineWorld, index: number): Promise<Organiser> => {
  const turn = Math.floor(index / 2);
  const nature = natureOf(turn);
  const of = { provinceCode: provinceOf(turn, nature), seed: numbersOfOne * (index + 1) };
  const organiser = world.organiser(await world.account(nature), nature, of);
  return index % 8 === 0 ? organiser : { ...organiser, grain: coarse };
};

/** Does a change carry the certificate of the organiser? */
function isChangeCarried({ startOf, nature }: Organiser): boolean {
  const own = natures.items.find(({ key }) => key === nature)?.certificates ?? [];
  const { certificateType } = startOf(0, 'website');
  const row = certificates.items.find(({ id, key }) => own.includes(id) && key === certificateType);
  return row !== undefined && row.id <= lastChanged;
}

const mostOfBeginning = 8;
const inNumbers = (turn: number): boolean => (turn + Math.floor(turn / (3 * others.length))) % 2 === 1;
const mostOf = (index: number): number =>
  index % 2 === 0 ? mostOfBeginning : inNumbers(Math.floor(index / 2)) ? 1 : 3;

/** From the first filing to the end of the organiser, with an app that the interface does not carry, and a move in between. */
async function fromTheBeginning(story: Story): Promise<void> {
  const first = await story.file('first', () => story.opened(0), { name: story.nameOf(0) });
  if (first === null) return;
  const subjectNumber = first.subjectNumber ?? '';
  // Of every second organiser it is entered by hand; the authority gives its numbers in turn, and never comes to this one.
  const byHand = story.index % 4 === 0 ? { byHand: `${subjectNumber}-99A` } : {};
  await story.holdBack('add_site_here', () => story.opened(2, undefined, 'app'), { field: 'service.kind', ...byHand });
  const added = await story.file('add_site_here', () => story.opened(1), { name: story.nameOf(1) });
  if (added === null) return;
  const serviceNumber = added.serviceNumber ?? '';
  await changes(story, subjectNumber, serviceNumber);
  if (story.goesOn) await story.move(subjectNumber);
  await story.file('cancel_site', () => story.ending(serviceNumber, 'cancel'), { mayEnd: true });
  await story.file('cancel_subject', () => story.ending(subjectNumber, 'cancel'), {
    password: 'cancellation.filingPassword',
  });
}

async function changes(story: Story, subjectNumber: string, serviceNumber: string): Promise<void> {
  const { organiser } = story;
  const address = `${String(organiser.valuesOf(0, 'website')['subject.contactAddress'])}二层`;
  const name = story.nameOf(7);
  const ofSubject = () => story.change(subjectNumber, { 'subject.contactAddress': address });
  const ofSite = () => story.change(serviceNumber, { 'service.name': name });
  const corrected = async () => {
    await story.demand(serviceNumber, { field: 'service.remark', comment: '请写明网站用途' });
    return story.change(serviceNumber, { 'service.remark': '用于展示本单位的介绍和活动信息，长期更新。' });
  };
  if (!isChangeCarried(organiser)) {
    for (const [kind, start] of [
      ['change_filing', ofSubject],
      ['change_site', ofSite],
      ['correction', corrected],
    ] as const) {
      await story.holdBack(kind, start, { field: 'subject.certificateType' });
    }
    return;
  }
  await story.file('change_filing', ofSubject, { mayEnd: true });
  await story.file('change_site', ofSite, { name, mayEnd: true });
  await story.file('correction', corrected);
}

/** Of an organiser on record with another provider: one more site here, or its site connected here, ended and connected again. */
async function fromElsewhere(story: Story, world: LineWorld, index: number): Promise<void> {
  const subjectNumber = await seedElsewhere(world, story.organiser, index);
  if (mostOf(index) === 1) {
    await story.file('add_site_elsewhere', () => story.opened(1, subjectNumber), {
      name: story.nameOf(1),
      mayEnd: true,
    });
    return;
  }
  const password = 'service.access.filingPassword';
  const access = await story.file('access', () => story.opened(0, subjectNumber), { password });
  if (access === null) return;
  await story.file('cancel_access', () => story.ending(access.serviceNumber ?? '', 'end_access'));
  await story.file('access_one_click', () => story.opened(0, subjectNumber), { password, mayEnd: true });
}

const letters: Readonly<Record<string, string>> = { 440000: '粤', 430000: '湘', 510000: '蜀' };

async function seedElsewhere(world: LineWorld, organiser: Organiser, index: number): Promise<string> {
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

async function tell(means: StoryMeans, place: Place): Promise<Story> {
  const { world } = means;
  const story = new Story(means, await means.forms.take(() => newOrganiser(world, place.index)), place);
  try {
    if (place.index % 2 === 0) await fromTheBeginning(story);
    else await fromElsewhere(story, world, place.index);
  } catch (error) {
    // One that goes otherwise than it should ends its own story and no other.
    means.differ(error instanceof Error ? error.message : String(error));
    story.leaveOff();
  }
  return story;
}

/** Stories until `filings` are made, `lanes` at a time. @returns every filing that was made, and every move */
export async function tellStories(means: StoryMeans, filings: number, lanes: number) {
  let begun = 0;
  let next = 0;
  const told: StoryFiling[] = [];
  const moves: StoryMove[] = [];
  const lane = async () => {
    while (begun < filings) {
      const index = next;
      next += 1;
      // Its own filings are set aside from the start, so that it does not depend on who is faster which are made.
      const most = Math.min(mostOf(index), filings - begun);
      begun += most;
      const story = await tell(means, { index, most });
      told.push(...story.filings);
      moves.push(...story.moves);
      // What a refusal has cut short is made by others.
      begun -= story.left;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { filings: told, moves };
}
