import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { PlainNote } from '../../parts/plain.tsx';
import type { ApiOperation } from './document.ts';
import { apiDocsWords } from './words.ts';

interface Answered {
  readonly status: number;
  readonly text: string;
}

/** Calls the operation for real, as a program with that key would: never with the session of whoever looks at this page. */
export function TryIt({ operation }: { readonly operation: ApiOperation }) {
  const { t } = useText(apiDocsWords);
  const sample = useAnswer('getDeployment', {}).data?.sampleApiKey ?? '';
  const [typedKey, setKey] = useState<string | null>(null);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const key = typedKey ?? sample;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const body = given.get('body');
    setProblem(typeof body === 'string' && !isJson(body) ? t.api.wrongJson : null);
    if (typeof body === 'string' && !isJson(body)) return;
    setSending(true);
    try {
      setAnswered(await call(operation, given, key.trim()));
    } catch {
      setProblem(t.api.noAnswer);
    }
    setSending(false);
  };
  return (
    <details>
      <summary>{t.api.tryIt}</summary>
      <form className="api-try" onSubmit={send}>
        <p className="faint">{t.api.tryHint}</p>
        <label>
          {t.api.apiKey}
          <Input value={key} onChange={({ target }) => setKey(target.value)} autoComplete="off" spellCheck={false} />
        </label>
        <Given operation={operation} />
        <Button htmlType="submit" loading={isSending} disabled={key.trim() === ''}>
          {t.api.send1}
        </Button>
      </form>
      <div aria-live="polite">
        {problem !== null && (
          <PlainNote role="alert" tone="bad">
            {problem}
          </PlainNote>
        )}
        {answered !== null && problem === null && (
          <>
            <p className="soft">{t.api.status(answered.status)}</p>
            <pre className="code" role="group" aria-label={t.api.answer}>
              {answered.text}
            </pre>
          </>
        )}
      </div>
    </details>
  );
}

/** A field for each parameter and one for the body, with the example in them. */
function Given({ operation }: { readonly operation: ApiOperation }) {
  const { t } = useText(apiDocsWords);
  return (
    <>
      {operation.parameters.map(({ name }) => (
        <label key={name}>
          <code className="mono">{name}</code>
          <Input
            name={name}
            defaultValue={textOf(operation.example.query[name])}
            autoComplete="off"
            spellCheck={false}
          />
        </label>
      ))}
      {operation.body !== null && (
        <label>
          {t.api.body}
          <Input.TextArea
            name="body"
            className="mono"
            autoSize={{ minRows: 3, maxRows: 16 }}
            defaultValue={JSON.stringify(operation.example.body, null, 2)}
          />
        </label>
      )}
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function call(
  { path, method, parameters, isCommand }: ApiOperation,
  given: FormData,
  key: string,
): Promise<Answered> {
  const fieldOf = (name: string): string => {
    const value = given.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(fieldOf(name)));
  const asked = parameters.filter((one) => one.in === 'query' && fieldOf(one.name) !== '');
  const query = new URLSearchParams(asked.map(({ name }) => [name, fieldOf(name)]));
  const headers = new Headers({ authorization: `Bearer ${key}` });
  if (isCommand) headers.set('idempotency-key', crypto.randomUUID());
  const body = given.get('body');
  if (typeof body === 'string') headers.set('content-type', 'application/json');
  const request: RequestInit = { method, headers, credentials: 'omit', ...(typeof body === 'string' && { body }) };
  const answer = await fetch(query.size === 0 ? address : `${address}?${query}`, request);
  const text = await answer.text();
  return { status: answer.status, text: isJson(text) ? JSON.stringify(JSON.parse(text), null, 2) : text };
}
