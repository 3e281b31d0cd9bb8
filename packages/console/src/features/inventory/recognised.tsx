import { Alert } from 'antd';
import { useText } from '../../language/language.tsx';
import { type Flaw, isFlaw, type Source } from './source.ts';
import { inventoryWords } from './words.ts';

interface RecognisedProps {
  readonly source: Source;
  readonly isReading: boolean;
  /** Of an empty field nothing is said. */
  readonly isEmpty: boolean;
}

/** What was given, as it was recognised; or why it cannot be read, with the place. */
export function Recognised({ source, isReading, isEmpty }: RecognisedProps) {
  const { t } = useText(inventoryWords);
  if (isEmpty) return null;
  return (
    <div aria-live="polite">
      {isReading ? (
        <span className="faint">{t.inventory.reading}</span>
      ) : isFlaw(source) ? (
        <FlawAlert flaw={source} />
      ) : (
        <span className="faint">{about(source, t.inventory).join(' · ')}</span>
      )}
    </div>
  );
}

type Texts = ReturnType<typeof useText<[typeof inventoryWords]>>['t']['inventory'];

function about(source: Exclude<Source, Flaw>, t: Texts): string[] {
  switch (source.kind) {
    case 'document': {
      const { resources } = source.value as { readonly resources?: unknown };
      const count = Array.isArray(resources) ? [t.resources(resources.length)] : [];
      return [t.recognised(t.kinds[source.format]), ...count];
    }
    case 'table':
      return [
        t.recognised(t.kinds[source.format]),
        ...(source.sheet === null ? [] : [source.sheet]),
        t.rows(source.rows.length),
      ];
    case 'cloud':
      return [t.recognised(source.clouds.map((cloud) => t.clouds[cloud]).join(' / '))];
  }
}

function FlawAlert({ flaw }: { readonly flaw: Flaw }) {
  const { t } = useText(inventoryWords);
  const { flaws } = t.inventory;
  switch (flaw.kind) {
    case 'empty':
      return <Alert type="warning" showIcon title={flaws.empty} />;
    case 'no_rows':
      return <Alert type="warning" showIcon title={flaws.noRows} />;
    case 'not_mapping':
      return <Alert type="error" showIcon title={flaws.notMapping} />;
    case 'unreadable':
      return <Alert type="error" showIcon title={flaws.unreadable} />;
    case 'open_quote':
      return <Alert type="error" showIcon title={flaws.openQuote(flaw.line, flaw.column)} />;
    case 'bad_line':
      return <Alert type="error" showIcon title={flaws.badLine(flaw.line)} />;
    case 'too_large':
      return <Alert type="error" showIcon title={flaws.tooLarge} />;
    case 'too_large_yaml':
      return <Alert type="error" showIcon title={flaws.tooLargeYaml} />;
    case 'key_twice':
      return <Alert type="error" showIcon title={flaws.keyTwice(flaw)} />;
    case 'workbook': {
      const where = flaw.where === '' ? undefined : flaws.cell(flaw.where);
      return <Alert type="error" showIcon title={flaws.workbook[flaw.flaw]} description={where} />;
    }
    case 'syntax':
      return (
        <Alert
          type="error"
          showIcon
          title={`${flaws.syntax} (${flaws.syntaxAt(flaw.line, flaw.column)})`}
          description={<span className="mono wrap">{flaw.message}</span>}
        />
      );
  }
}
