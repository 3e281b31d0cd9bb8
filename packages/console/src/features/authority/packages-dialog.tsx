import { Modal } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { State } from '../../parts/state.tsx';
import { FilingLink } from '../job/filing-link.tsx';
import { ContentButton } from './content-button.tsx';
import { authorityWords } from './words.ts';

type Package = AnswerOf<'listAuthorityPackages'>['packages'][number];

interface PackagesDialogProps {
  readonly provinceCode: string;
  readonly title: string;
  readonly onClose: () => void;
}

const tones = { sending: 'warn', accepted: 'good', unsent: 'quiet' } as const;

/** What was sent over a line, each with its content. */
export function PackagesDialog({ provinceCode, title, onClose }: PackagesDialogProps) {
  const { t, instant } = useText(authorityWords);
  const pages = usePages();
  const packages = useAnswer('listAuthorityPackages', { params: { provinceCode }, query: pages.query });
  const columns: Column<Package>[] = [
    {
      key: 'sequence',
      label: t.line.sequence,
      onCard: 'title',
      render: (row) => <span className="number">{row.sequence}</span>,
    },
    {
      key: 'state',
      label: t.line.state,
      onCard: 'state',
      render: (row) => <State tone={tones[row.state]}>{t.line.packageState[row.state]}</State>,
    },
    { key: 'madeAt', label: t.line.madeAt, render: (row) => <span className="number">{instant(row.madeAt)}</span> },
    {
      key: 'filing',
      label: t.line.filing,
      render: (row) => <FilingLink filingId={row.filingId} name={row.domainName || null} />,
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => <ContentButton kind="package" documentId={row.id} />,
    },
  ];
  return (
    <Modal open width={860} title={title} onCancel={onClose} footer={null}>
      <Loaded query={packages}>
        {(answer) => (
          <Listing
            label={title}
            rows={answer.packages}
            rowKey={(row) => row.id}
            columns={columns}
            empty={<Empty title={t.line.noPackages} />}
            pages={pages}
            next={answer.next}
          />
        )}
      </Loaded>
    </Modal>
  );
}
