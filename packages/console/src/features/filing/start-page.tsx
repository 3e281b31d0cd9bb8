import { type ServiceKind, type SubjectKind, serviceKinds, subjectKinds } from '@openbeian/model/filing';
import { provinces } from '@openbeian/model/province';
import { Alert, Button, Form, type FormInstance, Radio, Select, Steps } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { problemParts } from '../../api/problem-parts.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { areValid } from '../../parts/are-valid.ts';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { fieldOfPlace } from '../../parts/use-field-problems.ts';
import { WriteButton } from '../../parts/write-button.tsx';
import { resourceWords } from '../resource/words.ts';
import { offeredCertificate } from './offered-certificate.ts';
import { type OwnSubject, OwnSubjectNote, startsFrom, useOwnSubject } from './own-subject.tsx';
import { prepareWords } from './prepare-words.ts';
import { RouteFound } from './route-found.tsx';
import { StartResult } from './start-result.tsx';
import { useStartAnswers, useStarted } from './use-start-answers.ts';
import { filingWords } from './words.ts';

interface Answers {
  readonly domainName: string;
  readonly serviceKind: ServiceKind;
  readonly subjectKind: SubjectKind;
  /** Undefined until the list of natures has come: the server then takes the kind's own. */
  readonly nature?: string;
  readonly provinceCode: string;
  readonly certificateType: string;
  readonly certificateNumber: string;
  readonly subjectChanged: 'none' | 'certificate' | 'nature';
  readonly subjectNumber?: string;
  readonly serviceNumber?: string;
}

/** Asks what is needed to tell which filing it is, and starts it. */
export function StartPage() {
  const { t } = useText(filingWords, prepareWords);
  const [params] = useSearchParams();
  const [form] = Form.useForm<Answers>();
  const answers = useStartAnswers(form);
  const { start, decide } = useStart(form, answers);
  const started = useStarted(start.data);
  const own = useOwnSubject();
  const natures = useAnswer('listNatures', {});
  // The form begins with what they say, or without them where they cannot be asked.
  const isAsked = !own.isPending && !natures.isPending;
  const resourceId = params.get('resource');

  return (
    <Page
      title={t.start.title}
      lead={t.start.lead}
      topic="page:start"
      actions={
        <Link to="/filings/prepare">
          <Button>{t.prepare.link}</Button>
        </Link>
      }
      crumbs={[{ to: '/filings', label: t.filing.mine }]}
    >
      <div style={{ maxWidth: 760 }}>
        <Steps
          current={started ? 2 : answers.step}
          size="small"
          responsive={false}
          style={{ marginBottom: 22 }}
          items={[{ title: t.start.stepService }, { title: t.start.stepSubject }, { title: t.start.stepResult }]}
        />
        {started ? (
          <StartResult filing={started.filing} route={started.route} resourceId={resourceId} />
        ) : (
          <Panel>
            {isAsked && <StartForm form={form} answers={answers} start={start} onDecide={decide} own={own.data} />}
          </Panel>
        )}
      </div>
    </Page>
  );
}

/** What is asked, as it is sent. */
function bodyOf(form: FormInstance<Answers>) {
  // Every field is required, and its rules have passed when this is called.
  const {
    domainName,
    certificateNumber,
    subjectChanged,
    subjectNumber = '',
    serviceNumber = '',
    ...rest
  } = form.getFieldsValue(true) as Answers;
  return {
    ...rest,
    domainName: domainName.trim(),
    certificateNumber: certificateNumber.trim(),
    ...(subjectChanged !== 'none' && { subjectChanged }),
    ...(subjectNumber.trim() && { subjectNumber: subjectNumber.trim() }),
    ...(serviceNumber.trim() && { serviceNumber: serviceNumber.trim() }),
  };
}

/** The command that starts the filing; a mistake in the first step leads back to it. */
function useStart(form: FormInstance<Answers>, { onStep, forget }: ReturnType<typeof useStartAnswers<Answers>>) {
  const start = useCommand('startFiling');
  const decide = () => {
    start.mutate(
      { body: bodyOf(form) },
      {
        onSuccess: forget,
        onError: (error) => {
          const fields = problemParts(error).places.map((place) => fieldOfPlace(place.path));
          if (fields.some((field) => field === 'domainName' || field === 'serviceKind')) onStep(0);
        },
      },
    );
  };
  return { start, decide };
}

interface StartFormProps {
  readonly form: FormInstance<Answers>;
  readonly answers: ReturnType<typeof useStartAnswers<Answers>>;
  readonly start: ReturnType<typeof useStart>['start'];
  readonly onDecide: () => void;
  /** Undefined where it could not be asked. */
  readonly own: OwnSubject | undefined;
}

function StartForm({ form, answers, start, onDecide, own }: StartFormProps) {
  const { step, onStep, kept } = answers;
  const { t } = useText(filingWords);
  const [params] = useSearchParams();
  const natures = useAnswer('listNatures', {}).data?.natures ?? [];
  const first = startsFrom(own, natures);
  const subjectKind = Form.useWatch('subjectKind', form) ?? first.subjectKind;
  const nature = Form.useWatch('nature', form) ?? subjectKind;
  const route = useQuestion('findFilingRoute');
  const check = async () => {
    if (await areValid(form)) route.mutate({ body: bodyOf(form) });
  };
  const onwards = async () => {
    if (await areValid(form, ['domainName', 'serviceKind'])) onStep(1);
  };
  return (
    <Form<Answers>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{
        domainName: params.get('name') ?? '',
        serviceKind: 'website',
        ...first,
        subjectChanged: 'none',
        ...kept,
      }}
      onValuesChange={(changed: Partial<Answers>) => {
        followNature(form, natures, changed);
        answers.keep();
      }}
      onFinish={onDecide}
    >
      <div hidden={step !== 0}>
        <OwnSubjectNote own={own} step={0} />
        <ServiceFields onEnter={onwards} />
        <Button type="primary" onClick={onwards}>
          {t.start.next}
        </Button>
      </div>
      <div hidden={step !== 1}>
        {answers.isNumberLost && <Alert type="info" showIcon title={t.start.numberLost} style={{ marginBottom: 16 }} />}
        <OwnSubjectNote own={own} step={1} />
        <SubjectFields natures={natures.filter((one) => one.subjectKind === subjectKind)} nature={nature} />
        <ProblemAlert error={start.error ?? route.error} form={form} />
        {route.data && <RouteFound found={route.data} />}
        <StartButtons start={start} route={route} onCheck={check} onBack={() => onStep(0)} />
      </div>
    </Form>
  );
}

interface StartButtonsProps {
  readonly start: ReturnType<typeof useStart>['start'];
  readonly route: ReturnType<typeof useQuestion<'findFilingRoute'>>;
  readonly onCheck: () => Promise<void>;
  readonly onBack: () => void;
}

function StartButtons({ start, route, onCheck, onBack }: StartButtonsProps) {
  const { t } = useText(filingWords);
  return (
    <div className="row">
      <WriteButton type="primary" htmlType="submit" loading={start.isPending}>
        {t.start.decide}
      </WriteButton>
      <Button loading={route.isPending} onClick={() => void onCheck()}>
        {t.start.checkFirst}
      </Button>
      <Button disabled={start.isPending} onClick={onBack}>
        {t.start.previous}
      </Button>
      {start.error && <Link to="/filings">{t.filing.mine}</Link>}
    </div>
  );
}

function ServiceFields({ onEnter }: { readonly onEnter: () => Promise<void> }) {
  const { t, word } = useText(filingWords, resourceWords);
  return (
    <>
      <Form.Item
        name="domainName"
        label={t.start.domainName}
        extra={t.start.domainNameHint}
        rules={[{ required: true, whitespace: true, message: t.start.domainNameRequired }]}
      >
        <PastedInput
          as="host"
          autoComplete="off"
          placeholder="example.cn"
          style={{ maxWidth: 420 }}
          onPressEnter={(event) => {
            event.preventDefault();
            void onEnter();
          }}
        />
      </Form.Item>
      <Form.Item name="serviceKind" label={t.start.serviceKind}>
        <Radio.Group options={serviceKinds.map((kind) => ({ value: kind, label: word(t.factValue, kind) }))} />
      </Form.Item>
    </>
  );
}

type Nature = AnswerOf<'listNatures'>['natures'][number];

/** Another kind of organiser has another nature, and another nature other certificates, of which one is offered. */
function followNature(
  form: FormInstance<Answers>,
  natures: readonly Nature[],
  { subjectKind, nature }: Partial<Answers>,
) {
  if (!subjectKind && !nature) return;
  const chosen = subjectKind
    ? (natures.find((one) => one.value === subjectKind) ?? natures.find((one) => one.subjectKind === subjectKind))
    : natures.find((one) => one.value === nature);
  const certificateType = offeredCertificate(chosen?.certificates ?? []);
  form.setFieldsValue({ certificateType, ...(chosen && { nature: chosen.value }) });
}

function SubjectFields({ natures, nature }: { readonly natures: readonly Nature[]; readonly nature: string }) {
  const { t, pick, word } = useText(filingWords, resourceWords);
  const byHand = useAnswer('getDeployment', {}).data?.authorityByHand === true;
  return (
    <>
      <Form.Item name="subjectKind" label={t.start.subjectKind}>
        <Radio.Group options={subjectKinds.map((kind) => ({ value: kind, label: word(t.factValue, kind) }))} />
      </Form.Item>
      <Form.Item name="nature" label={t.start.nature} hidden={natures.length < 2}>
        <Select
          style={{ maxWidth: 420 }}
          options={natures.map(({ value, label }) => ({ value, label: pick(label) }))}
        />
      </Form.Item>
      <Form.Item
        name="provinceCode"
        label={t.start.province}
        extra={t.start.provinceHint}
        rules={[{ required: true, message: t.app.required }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t.form.pick}
          style={{ maxWidth: 420 }}
          options={provinces.map((province) => ({ value: province.code, label: pick(province) }))}
        />
      </Form.Item>
      <CertificateFields natures={natures} nature={nature} />
      <Form.Item name="subjectChanged" label={t.start.subjectChanged} extra={t.start.subjectChangedHint}>
        <Radio.Group
          options={(['none', 'certificate', 'nature'] as const).map((value) => ({
            value,
            label: t.start.subjectChanges[value],
          }))}
        />
      </Form.Item>
      <Form.Item name="subjectNumber" label={t.start.subjectNumber} extra={t.start.subjectNumberHint}>
        <PastedInput autoComplete="off" placeholder="粤ICP备2026000123号" style={{ maxWidth: 420 }} />
      </Form.Item>
      {byHand && (
        <Form.Item name="serviceNumber" label={t.start.serviceNumber} extra={t.start.serviceNumberHint}>
          <PastedInput autoComplete="off" placeholder="粤ICP备2026000123号-1" style={{ maxWidth: 420 }} />
        </Form.Item>
      )}
    </>
  );
}

function CertificateFields({ natures, nature }: { readonly natures: readonly Nature[]; readonly nature: string }) {
  const { t, pick } = useText(filingWords);
  return (
    <>
      <Form.Item
        name="certificateType"
        label={t.start.certificateType}
        rules={[{ required: true, message: t.app.required }]}
      >
        <Select
          style={{ maxWidth: 420 }}
          options={natures
            .filter(({ value }) => value === nature)
            .flatMap(({ certificates }) => certificates)
            .map(({ value, label }) => ({ value, label: pick(label) }))}
        />
      </Form.Item>
      <Form.Item
        name="certificateNumber"
        label={t.start.certificateNumber}
        extra={t.start.certificateHint}
        rules={[{ required: true, whitespace: true, message: t.app.required }]}
      >
        <PastedInput autoComplete="off" className="mono" style={{ maxWidth: 420 }} />
      </Form.Item>
    </>
  );
}
