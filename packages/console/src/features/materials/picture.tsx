import { Image } from 'antd';
import { useEffect, useMemo } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { materialWords } from './words.ts';

interface PictureProps {
  readonly materialId: string;
  readonly which: 'original' | 'copy';
  readonly alt: string;
}

/** The picture, asked for when it is first shown: every look is logged. Kept in memory only as long as it is seen. */
export function Picture({ materialId, which, alt }: PictureProps) {
  const { t } = useText(materialWords);
  const { mutate, data, error } = useQuestion('openMaterial');
  useEffect(() => mutate({ params: { materialId }, body: { which } }), [mutate, materialId, which]);
  const url = useObjectUrl(data);
  return (
    <figure className="picture">
      <figcaption className="soft">{which === 'original' ? t.material.original : t.material.copy}</figcaption>
      <ProblemAlert error={error} />
      {url !== null && <Image src={url} alt={alt} />}
    </figure>
  );
}

/** An address of bytes in memory, of the type that the server said; gone with its component. */
function useObjectUrl(file: AnswerOf<'openMaterial'> | undefined): string | null {
  const url = useMemo(
    () =>
      file === undefined ? null : URL.createObjectURL(new Blob([new Uint8Array(file.bytes)], { type: file.mediaType })),
    [file],
  );
  useEffect(
    () => () => {
      if (url !== null) URL.revokeObjectURL(url);
    },
    [url],
  );
  return url;
}
