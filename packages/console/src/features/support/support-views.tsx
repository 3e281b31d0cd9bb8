import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import type { BothTexts } from '../../language/words.ts';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { operationNames } from './operation-names.at-build.ts';
import { supportWords } from './words.ts';

type View = AnswerOf<'listSupportViews'>['views'][number];

/** Opens what an operator looked at in one access. */
export function SupportViewsButton({ accessId }: { readonly accessId: string }) {
  const { t } = useText(supportWords);
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button size="small" type="link" onClick={() => setShown(true)}>
        {t.support.viewed}
      </Button>
      {shown && (
        <Modal open title={t.support.viewed} footer={null} width={800} onCancel={() => setShown(false)}>
          <SupportViews accessId={accessId} />
        </Modal>
      )}
    </>
  );
}

function SupportViews({ accessId }: { readonly accessId: string }) {
  const { t, pick, instant } = useText(supportWords);
  const pages = usePages(accessId);
  const views = useAnswer('listSupportViews', { params: { accessId }, query: pages.query }, { keepPrevious: true });
  const columns: Column<View>[] = [
    {
      key: 'what',
      label: t.support.viewedWhat,
      onCard: 'title',
      render: ({ operation }) => <span className="wrap">{nameOf(operation, pick)}</span>,
    },
    {
      key: 'object',
      label: t.support.viewedObject,
      render: ({ objectId }) => <span className="mono">{objectId}</span>,
    },
    { key: 'count', label: t.support.viewedCount, render: ({ count }) => count },
    { key: 'first', label: t.support.viewedFirst, render: ({ firstAt }) => instant(firstAt) },
    { key: 'last', label: t.support.viewedLast, render: ({ lastAt }) => instant(lastAt) },
  ];
  return (
    <Loaded query={views}>
      {({ views: rows, next }) => (
        <Listing
          label={t.support.viewed}
          rows={rows}
          rowKey={({ operation, objectId }) => `${operation} ${objectId}`}
          columns={columns}
          empty={<Empty title={t.support.viewedNone} />}
          pages={pages}
          next={next}
        />
      )}
    </Loaded>
  );
}

/** What an operation is called; one that this release does not have goes by its id. */
const nameOf = (id: string, pick: (text: BothTexts | undefined) => string): string =>
  Object.hasOwn(operationNames, id) ? pick(operationNames[id]) : id;
