import { FilePdfOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { materialWords } from './words.ts';

type Letter = AnswerOf<'listMaterials'>['letters'][number];

/** Letters that are written from the form, to print, sign and photograph. */
export function LetterButtons({
  filingId,
  letters,
}: {
  readonly filingId: string;
  readonly letters: readonly Letter[];
}) {
  const { t } = useText(materialWords);
  if (letters.length === 0) return null;
  return (
    <div className="stack">
      <div className="row">
        <span className="faint">{t.material.letters}</span>
        {letters.map((letter) => (
          <LetterButton key={letter.id} filingId={filingId} letter={letter} />
        ))}
      </div>
    </div>
  );
}

function LetterButton({ filingId, letter }: { readonly filingId: string; readonly letter: Letter }) {
  const { pick } = useText(materialWords);
  const write = useQuestion('writeLetter');
  const name = pick(letter.name);
  const download = () =>
    write.mutate(
      { params: { filingId }, body: { letter: letter.id } },
      {
        onSuccess: ({ mediaType, bytes }) =>
          save(new Blob([new Uint8Array(bytes)], { type: mediaType }), `${name}.pdf`),
      },
    );
  return (
    <>
      <Button
        size="small"
        icon={<FilePdfOutlined />}
        aria-label={`PDF: ${name}`}
        loading={write.isPending}
        onClick={download}
      >
        {name}
      </Button>
      <ProblemAlert error={write.error} />
    </>
  );
}

/** Hands a file to the browser’s downloads. */
function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
