import { Input } from 'antd';
import { useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageTurner, usePages } from '../../parts/page-turner.tsx';
import { ResourceChoice } from './resource-choice.tsx';
import { resourceWords } from './words.ts';

interface ResourcePickerProps {
  readonly use: 'file' | 'issue';
  readonly value: string | null;
  readonly onChange: (resourceId: string) => void;
  /** Said when none can be chosen. */
  readonly none: string;
  /** Not offered. */
  readonly except?: string;
  /** The filing that it is chosen for: a place that it holds already is not counted against it. */
  readonly filingId?: string;
}

/**
 * Chooses one of the account's resources. As long as all are on one page, those that do not qualify are shown with their
 * reasons; an account with more searches and turns pages among those that do.
 */
export function ResourcePicker({ use, value, onChange, none, except, filingId }: ResourcePickerProps) {
  const { t } = useText(resourceWords);
  const [search, setSearch] = useState('');
  const pages = usePages(search);
  const asking = filingId === undefined ? {} : { filingId };
  const first = useAnswer('listResources', { query: asking });
  const isLarge = first.data !== undefined && first.data.next !== null;
  const found = useAnswer(
    'listResources',
    { query: { ...asking, show: use, ...(search.trim() && { search: search.trim() }), ...pages.query } },
    { enabled: isLarge, keepPrevious: true },
  );
  return (
    <>
      {isLarge && (
        <Input
          allowClear
          maxLength={200}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t.resource.filter}
          aria-label={t.resource.filter}
          style={{ marginBottom: 12 }}
        />
      )}
      <Loaded query={isLarge ? found : first}>
        {(answer) => (
          <>
            <ResourceChoice
              use={use}
              rows={answer.resources.filter(({ id }) => id !== except)}
              value={value}
              onChange={onChange}
              none={search.trim() === '' ? none : t.resource.noMatch}
            />
            <PageTurner pages={pages} next={answer.next} />
          </>
        )}
      </Loaded>
    </>
  );
}
