import { divisionsBelow, findProvince } from '../province/index.ts';
import { checkServiceName } from './check-form.ts';
import type { Finding, FormValues } from './engine/definition.ts';
import type { CheckContext } from './rules/check-context.ts';

const field = 'service.name';
const mostProposals = 3;

/**
 * Names that would pass, for a service whose name was refused; three at most, and none that the rules of that day and province
 * object to. They are made of what the form says: nobody's name is taken who is not named in it.
 * @param findings what `checkForm` found; nothing is proposed where it has nothing against the name
 */
export function proposeNames(values: FormValues, context: CheckContext, findings: readonly Finding[]): string[] {
  if (!findings.some((finding) => isAgainst(finding) && finding.rule !== 'required')) return [];
  const refused = textAt(values, field);
  const fine: string[] = [];
  const advised: string[] = [];
  for (const name of new Set(candidatesOf(values, context))) {
    if (name === refused) continue;
    const found = checkServiceName({ ...values, [field]: name }, context);
    if (found.some(isAgainst)) continue;
    (found.length === 0 ? fine : advised).push(name);
    if (fine.length === mostProposals) break;
  }
  return [...fine, ...advised].slice(0, mostProposals);
}

const isAgainst = (finding: Finding): boolean => finding.field === field && finding.from === 'pre_check';

const candidatesOf = (values: FormValues, context: CheckContext): readonly string[] =>
  context.subjectKind === 'individual' ? ofPerson(values) : ofUnit(values, context);

/** Kinds of writing and collecting that no province counts as a trade. */
const personal = ['手记', '随笔', '札记', '生活记录', '读书笔记', '旅行见闻', '摄影手册', '学习笔记'];

/** The refused name's own theme first, with words of trade cut out; then themes that anybody may have. */
function ofPerson(values: FormValues): readonly string[] {
  const theme = (textAt(values, field).match(/\p{Script=Han}/gu) ?? []).join('');
  // From two characters on a theme says something; three cuts find the part that the words are not in.
  const parts = [theme, theme.slice(0, 4), theme.slice(0, 2), theme.slice(-2)].filter((part) => part.length >= 2);
  return [
    ...parts.flatMap((part) => personal.slice(0, 4).map((kind) => `${part}${kind}`)),
    ...['山间', '清晨', '城南', '四季'].flatMap((word) => personal.map((kind) => `${word}${kind}`)),
    // Jiangsu asks for these where others refuse them.
    '个人博客',
    '个人主页',
  ];
}

/** What a unit is called after its own part: 示例星河科技有限公司 is 示例星河科技. */
const legalForms =
  /(（.*?）|\(.*?\)|股份有限公司|有限责任公司|集团有限公司|有限公司|合伙企业|股份经济合作社|个人独资企业|分公司)/gu;

function ofUnit(values: FormValues, context: CheckContext): readonly string[] {
  const whole = textAt(values, 'subject.name');
  const short = withoutPlace(whole.replace(legalForms, ''), context);
  const brand = short.replace(/(科技|信息技术|网络|文化传媒|商贸|贸易|实业|咨询|服务|发展|电子商务|软件)+$/u, '');
  const endings =
    context.serviceKind === 'app' ? ['', '客户端', '移动版'] : ['', '官方网站', '门户网站', '产品展示', '单位介绍'];
  return [whole, ...[short, brand].flatMap((name) => endings.map((ending) => `${name}${ending}`))].filter(
    (name) => name !== '' && [...name].length <= 64,
  );
}

/** Without the province or city at the front, unless nothing else is left. */
function withoutPlace(name: string, { provinceCode, divisions }: CheckContext): string {
  const places = [
    findProvince(provinceCode)?.zh ?? '',
    ...divisionsBelow(divisions, provinceCode).map((city) => city.name.replace(/市$/u, '')),
  ].filter((place) => place !== '');
  const at = places.find((place) => name.startsWith(place));
  const rest = at === undefined ? name : name.slice(at.length).replace(/^[省市]/u, '');
  return rest.length >= 2 ? rest : name;
}

const textAt = (values: FormValues, path: string): string => {
  const value = values[path];
  return typeof value === 'string' ? value.trim() : '';
};
