import { FileSearchOutlined } from '@ant-design/icons';
import type { FormValues } from '@openbeian/model/forms';
import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { problemParts } from '../../api/problem-parts.ts';
import { useText } from '../../language/language.tsx';
import type { BothTexts } from '../../language/words.ts';
import { ApkProblem, readApk } from './read-apk.ts';
import { filingWords } from './words.ts';

interface AppReaderProps {
  readonly platform: unknown;
  readonly onRead: (values: FormValues) => void;
}

/** A certificate has some kilobytes. */
const longestCertificate = 16 * 1024;

/** Fills in what a package, or the signing certificate, says. Of a package only its certificate leaves the browser. */
export function AppReader({ platform, onRead }: AppReaderProps) {
  const { t, pick } = useText(filingWords);
  const input = useRef<HTMLInputElement>(null);
  // People type on while a file is read: what it says goes into the list as it is then, not as it was when the file was chosen.
  const latest = useRef(onRead);
  useEffect(() => {
    latest.current = onRead;
  });
  const [problem, setProblem] = useState<BothTexts | null>(null);
  const [reading, setReading] = useState(false);
  const read = async (file: File) => {
    setReading(true);
    setProblem(null);
    try {
      const values = await valuesOf(file, platform);
      latest.current(values);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setReading(false);
    }
  };
  return (
    <div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".apk,.cer,.crt,.pem,.der"
        aria-label={t.form.readApp}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file again is a change, too.
          target.value = '';
          if (file !== undefined) void read(file);
        }}
      />
      <Button size="small" icon={<FileSearchOutlined />} loading={reading} onClick={() => input.current?.click()}>
        {t.form.readApp}
      </Button>
      {problem && <Alert type="error" role="alert" showIcon style={{ marginTop: 8 }} title={pick(problem)} />}
    </div>
  );
}

function problemOf(error: unknown): BothTexts {
  if (error instanceof ApkProblem) return filingWords.form[error.code === 'not_signed' ? 'apkNotSigned' : 'notApk'];
  const { places, text } = problemParts(error);
  // What the server says of its input is about encodings that nobody here chose: who chose the file is told which files do.
  return places.length > 0 ? filingWords.form.notApk : text;
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

type Digest = 'md5' | 'sha1' | 'sha256';
/** Which digest a platform's fingerprint is; Android's where none is chosen. */
const digests: { readonly android: Digest; readonly [platform: string]: Digest | undefined } = {
  android: 'md5',
  ios: 'sha1',
  harmonyos: 'sha256',
};

async function valuesOf(file: File, platform: unknown): Promise<FormValues> {
  const isPackage = (await file.slice(0, 2).text()) === 'PK';
  const apk = isPackage ? await readApk(file) : null;
  if (apk === null && file.size > longestCertificate) throw new ApkProblem('not_apk');
  const bytes = apk?.certificate ?? new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const certificate = text.includes('-----BEGIN') ? text : base64(bytes);
  const facts = await call('readAppCertificate', { body: { certificate } });
  const of = apk === null && typeof platform === 'string' && platform !== '' ? platform : 'android';
  return {
    platform: of,
    ...(apk !== null && { packageName: apk.packageName }),
    publicKey: facts.publicKey,
    fingerprint: facts[digests[of] ?? digests.android],
  };
}
