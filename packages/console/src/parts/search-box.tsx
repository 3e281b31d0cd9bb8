import { useText } from '../language/language.tsx';
import './choice.css';

interface SearchBoxProps {
  readonly id?: string;
  /** What can be searched for. */
  readonly label: string;
  readonly searched: string | null;
  /** The text without spaces around it; null when it is cleared. */
  readonly onSearch: (text: string | null) => void;
  /** In pixels. */
  readonly width: number;
}

/** Narrows a list to what contains a text, once Enter is pressed or the button; at once when it is cleared. */
export function SearchBox({ id, label, searched, onSearch, width }: SearchBoxProps) {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a search element is not known to every browser in use.
    <form
      role="search"
      className="search-box"
      style={{ width }}
      onSubmit={(event) => {
        event.preventDefault();
        const text = new FormData(event.currentTarget).get('text');
        onSearch((typeof text === 'string' && text.trim()) || null);
      }}
    >
      <input
        key={searched}
        id={id}
        name="text"
        type="search"
        aria-label={label}
        placeholder={label}
        defaultValue={searched ?? ''}
        onChange={({ target }) => target.value === '' && searched !== null && onSearch(null)}
      />
      <button type="submit" aria-label={t.app.search}>
        <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
          <circle cx="7" cy="7" r="5" strokeWidth="1.5" />
          <path d="m11 11 4 4" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
      </button>
    </form>
  );
}
