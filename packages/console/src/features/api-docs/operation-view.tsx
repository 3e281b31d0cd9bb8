import { Tabs } from 'antd';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { later } from '../../parts/later.tsx';
import { type ApiDocument, type ApiOperation, type Field, fieldsOf, type Schema, typeOf } from './document.ts';
import { curlOf, environmentOf, fetchOf } from './example-code.ts';
import { apiDocsWords } from './words.ts';

const TryIt = later(async () => (await import('./try-it.tsx')).TryIt);

interface OperationViewProps {
  readonly document: ApiDocument;
  readonly operation: ApiOperation;
}

/** Everything about one operation. */
export function OperationView({ document, operation }: OperationViewProps) {
  const { t } = useText(apiDocsWords);
  const { parameters, body, answer } = operation;
  const given = parameters.map(({ name, in: place, required = false, schema = {}, description = '' }): Field => {
    const where = place === 'path' ? `{${name}}` : `?${name}`;
    return {
      name: where,
      type: typeOf(schema),
      isRequired: required,
      description: description || (schema.description ?? ''),
    };
  });
  return (
    <div className="api-body">
      <WhoMay operation={operation} />
      {given.length > 0 && <Fields title={t.api.parameters} fields={given} />}
      {body !== null && <Shape title={t.api.body} document={document} schema={body} />}
      <Examples operation={operation} />
      {operation.scope !== null && body !== 'bytes' && <TryIt operation={operation} />}
      {answer !== null && (
        <details>
          <summary>{t.api.answer}</summary>
          <Shape document={document} schema={answer} />
        </details>
      )}
      <details>
        <summary>{t.api.faults}</summary>
        <ul className="api-faults">
          {operation.faults.map(({ status, code, text }) => (
            <li key={code}>
              <code className="mono">
                {status} {code}
              </code>{' '}
              <InLanguage text={text} />
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function WhoMay({ operation: { id, roles, right, scope } }: { readonly operation: ApiOperation }) {
  const { t, word } = useText(apiDocsWords);
  const people =
    typeof roles === 'string' ? word(t.api.roles, roles) : roles.map((role) => word(t.role, role)).join(t.app.comma);
  return (
    <p className="soft">
      <code className="mono">{id}</code> · {t.app.labelled(t.api.who, people)}
      {right !== null && ` (${t.api.right(word(t.right, right))})`} ·{' '}
      {scope === null ? (
        t.api.noScope
      ) : (
        <>
          {t.app.labelled(t.api.scope, '')}
          <code className="mono">{scope}</code>
        </>
      )}
    </p>
  );
}

/** The document has both languages in one text, the Chinese first. */
function InLanguage({ text }: { readonly text: string }) {
  const { pick } = useText();
  const at = text.indexOf(' / ');
  if (at < 0) return <>{text}</>;
  return <>{pick({ zh: text.slice(0, at), en: text.slice(at + 3) })}</>;
}

interface ShapeProps {
  readonly title?: string;
  readonly document: ApiDocument;
  readonly schema: Schema | 'bytes';
}

function Shape({ title, document, schema }: ShapeProps) {
  const { t } = useText(apiDocsWords);
  if (schema === 'bytes') {
    return (
      <section>
        {title && <h3>{title}</h3>}
        <p className="soft">{t.api.bytes}</p>
      </section>
    );
  }
  const fields = fieldsOf(document, schema);
  return fields.length === 0 ? null : <Fields {...(title === undefined ? {} : { title })} fields={fields} />;
}

function Fields({ title, fields }: { readonly title?: string; readonly fields: readonly Field[] }) {
  const { t } = useText(apiDocsWords);
  return (
    <section>
      {title && <h3>{title}</h3>}
      <dl className="api-fields">
        {fields.map(({ name, type, isRequired, description }) => (
          <div key={name}>
            <dt>
              <code className="mono">{name}</code>
              {isRequired && <small>{t.api.required}</small>}
            </dt>
            <dd>
              <code className="mono api-type">{type}</code> <InLanguage text={description} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Examples({ operation }: { readonly operation: ApiOperation }) {
  const { t } = useText(apiDocsWords);
  const codes = [
    ['curl', curlOf(operation)],
    ['TypeScript', fetchOf(operation)],
  ] as const;
  return (
    <section>
      <h3>{t.api.example}</h3>
      <p className="faint">
        {operation.example.isTried ? t.api.tried : t.api.madeUp} ·{' '}
        {t.api.variables(environmentOf(operation).join(t.app.comma))}
      </p>
      <Tabs
        size="small"
        items={codes.map(([key, code]) => ({
          key,
          label: key,
          children: (
            <>
              <pre className="code" role="group" aria-label={key}>
                {code}
              </pre>
              <CopyButton text={code} />
            </>
          ),
        }))}
      />
    </section>
  );
}
