import { findProvince } from '@openbeian/model/province';
import { Link } from 'react-router';
import { useText } from '../../language/language.tsx';

interface FilingLinkProps {
  readonly filingId: string | null;
  readonly name?: string | null;
  readonly provinceCode?: string | null;
}

/** The filing that some work is about, and the province that it is sent to. */
export function FilingLink({ filingId, name = null, provinceCode = null }: FilingLinkProps) {
  const { pick } = useText();
  if (filingId === null) return <>—</>;
  const province = provinceCode === null ? null : findProvince(provinceCode);
  return (
    <div>
      <Link to={`/filings/${filingId}`}>{name ?? filingId}</Link>
      {province !== null && <div className="faint">{pick(province)}</div>}
    </div>
  );
}
