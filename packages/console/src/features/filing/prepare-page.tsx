import { PrinterOutlined } from '@ant-design/icons';
import { filingKindNames, filingKinds, type ServiceKind, serviceKinds } from '@openbeian/model/filing';
import { findProvince, provinces } from '@openbeian/model/province';
import { Button, Select } from 'antd';
import { useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Particulars } from '../../parts/particulars.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { resourceWords } from '../resource/words.ts';
import { prepareWords } from './prepare-words.ts';
import { filingWords } from './words.ts';
import './prepare.css';

/** What the address asks about; the usual where it does not say. */
function useQuestion() {
  const [params, setParams] = useSearchParams();
  const kind = filingKinds.find((one) => one === params.get('kind')) ?? 'first';
  const serviceKind: ServiceKind = serviceKinds.find((one) => one === params.get('service')) ?? 'website';
  const question = {
    nature: params.get('nature') ?? 'enterprise',
    province: params.get('province'),
    kind,
    serviceKind,
  };
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    next.set(name, value);
    setParams(next, { replace: true });
  };
  return { question, change };
}

/** What a filing will need, before anything is typed: papers, phones, waiting, and what must be closed. To be printed, too. */
export function PreparePage() {
  const { t } = useText(prepareWords, filingWords);
  const { question, change } = useQuestion();
  const natures = useAnswer('listNatures', {});
  return (
    <Page
      title={t.prepare.title}
      lead={t.prepare.lead}
      topic="page:start"
      crumbs={[{ to: '/filings', label: t.filing.mine }]}
      actions={
        <>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t.prepare.print}
          </Button>
          <WriteButton type="primary" to="/filings/new">
            {t.start.title}
          </WriteButton>
        </>
      }
    >
      <Choices question={question} natures={natures.data?.natures ?? []} onChange={change} />
      {question.province === null ? (
        <Panel>
          <Empty title={t.prepare.chooseProvince} />
        </Panel>
      ) : (
        <Needed question={question} provinceCode={question.province} natures={natures.data?.natures ?? []} />
      )}
    </Page>
  );
}

type Nature = AnswerOf<'listNatures'>['natures'][number];
type Question = ReturnType<typeof useQuestion>['question'];

interface ChoicesProps {
  readonly question: Question;
  readonly natures: readonly Nature[];
  readonly onChange: (name: string, value: string) => void;
}

function Choices({ question, natures, onChange }: ChoicesProps) {
  const { t, pick, word } = useText(prepareWords, filingWords, resourceWords);
  const fields = [
    ['province', t.start.province, question.province, provinces.map((one) => ({ value: one.code, label: pick(one) }))],
    ['nature', t.start.nature, question.nature, natures.map((one) => ({ value: one.value, label: pick(one.label) }))],
    [
      'kind',
      t.start.result,
      question.kind,
      filingKinds.map((kind) => ({ value: kind, label: pick(filingKindNames[kind]) })),
    ],
    [
      'service',
      t.start.serviceKind,
      question.serviceKind,
      serviceKinds.map((kind) => ({ value: kind, label: word(t.factValue, kind) })),
    ],
  ] as const;
  return (
    <div className="prepare-bar screen-only">
      {fields.map(([name, label, value, options]) => (
        <label key={name} htmlFor={`prepare-${name}`}>
          <span className="faint">{label}</span>
          <Select
            id={`prepare-${name}`}
            value={value}
            placeholder={t.form.pick}
            showSearch={{ optionFilterProp: 'label' }}
            options={[...options]}
            onChange={(chosen: string) => onChange(name, chosen)}
          />
        </label>
      ))}
    </div>
  );
}

interface NeededProps {
  readonly question: Question;
  readonly provinceCode: string;
  readonly natures: readonly Nature[];
}

function Needed({ question, provinceCode, natures }: NeededProps) {
  const { t, pick } = useText(prepareWords, filingWords);
  const { nature, kind, serviceKind } = question;
  const needed = useAnswer('listPreparations', { query: { nature, provinceCode, kind, serviceKind } });
  const shown = natures.find(({ value }) => value === nature);
  return (
    <Loaded query={needed}>
      {({ certificates, course, groups, steps, limits }) => (
        <div className="prepare">
          <p className="print-only">
            {[pick(findProvince(provinceCode)), pick(shown?.label), pick(filingKindNames[kind])].join(' · ')}
          </p>
          <Panel title={t.prepare.certificates}>
            <p>{certificates.map(({ label }) => pick(label)).join(pick(filingWords.form.comma))}</p>
            <p className="faint">{t.prepare.oneOf}</p>
          </Panel>
          <Course course={course} />
          {groups.map(({ topic, title, items }) => (
            <Panel key={topic} title={pick(title)}>
              <ul className="prepare-items">
                {items.map((item) => (
                  <li key={item.rule}>
                    <span>{pick(item.message)}</span>
                    {item.remedy && <span className="soft">{pick(item.remedy)}</span>}
                    {item.when.length > 0 && (
                      <span className="faint">
                        {t.prepare.when(item.when.map(pick).join(pick(filingWords.form.semicolon)))}
                      </span>
                    )}
                    <Particulars code={item.rule} source={item.source} asOf={item.asOf} />
                  </li>
                ))}
              </ul>
            </Panel>
          ))}
          <Panel title={t.start.steps}>
            <ol className="steps">
              {steps.map((step) => (
                <li key={step.zh}>{pick(step)}</li>
              ))}
            </ol>
          </Panel>
          <Limits limits={limits} />
        </div>
      )}
    </Loaded>
  );
}

/** How long each state may take, and when its customer is reminded. */
function Limits({ limits }: Pick<AnswerOf<'listPreparations'>, 'limits'>) {
  const { t, pick } = useText(prepareWords, filingWords);
  return (
    <Panel title={t.prepare.limits}>
      <dl className="facts">
        {limits.map(({ state, text, amount, unit, remindAfter }) => (
          <div key={state}>
            <dt>{pick(text)}</dt>
            <dd>
              {t.prepare.within(t.prepare.spans[unit](amount))}
              {remindAfter.length > 0 && (
                <div className="faint">
                  {t.prepare.reminded(
                    remindAfter.join(pick(filingWords.form.comma)),
                    pick(prepareWords.prepare.units[unit]),
                  )}
                </div>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** What the type itself takes, before rules of the province. */
function Course({ course }: { readonly course: AnswerOf<'listPreparations'>['course'] }) {
  const { t, pick } = useText(prepareWords, filingWords);
  const list = (texts: readonly { zh: string; en: string }[]) =>
    texts.map(pick).join(pick(filingWords.form.comma)) || t.prepare.none;
  return (
    <Panel title={t.prepare.course}>
      <dl className="facts">
        <div>
          <dt>{t.prepare.preconditions}</dt>
          <dd>{list(course.preconditions)}</dd>
        </div>
        <div>
          <dt>{t.prepare.sms}</dt>
          <dd>{list(course.sms)}</dd>
        </div>
        <div>
          <dt>{t.prepare.site}</dt>
          <dd>
            {course.site === null ? t.prepare.none : pick(course.site)}
            {course.siteAsOf !== null && <div className="faint">{t.prepare.siteAsOf(course.siteAsOf)}</div>}
          </dd>
        </div>
      </dl>
      <h3 className="part" style={{ marginTop: 18 }}>
        {t.prepare.materials}
      </h3>
      {course.materials.length === 0 ? (
        <p className="soft">{t.prepare.none}</p>
      ) : (
        <ul className="prepare-items">
          {course.materials.map(({ key, text, when }) => (
            <li key={key}>
              <span>{pick(text)}</span>
              <span className="faint">{pick(when)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
