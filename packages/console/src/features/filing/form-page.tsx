import { isMaterialPlace } from '@openbeian/model/filing';
import { useEffect } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { MaterialsPanel } from '../materials/materials-panel.tsx';
import { MaterialsViewer } from '../materials/materials-viewer.tsx';
import { mayOpenMaterials } from '../materials/may-open-materials.ts';
import { mayChange, useSession } from '../session/session-context.tsx';
import { isAsked, isEditable } from './editable.ts';
import { fieldId } from './field-id.ts';
import { FormEditor } from './form-editor.tsx';
import { FormReader } from './form-reader.tsx';
import { filingWords } from './words.ts';

/** The form of a filing: to fill in while it may be edited, to read otherwise. */
export function FormPage() {
  const { t } = useText(filingWords);
  const session = useSession();
  const filingId = useParams().filingId ?? '';
  const [params] = useSearchParams();
  const filing = useAnswer('getFiling', { params: { filingId } });
  const form = useAnswer('getFilingForm', { params: { filingId } });
  const field = params.get('field');
  const ready = filing.data !== undefined && form.data !== undefined;
  useEffect(() => {
    if (!ready || field === null) return;
    const place = document.getElementById(fieldId(field));
    place?.scrollIntoView({ block: 'center' });
    place?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true });
  }, [ready, field]);
  return (
    <Page
      title={t.form.title}
      {...(filing.data && mayChange(session) && isEditable(filing.data.filing, session) ? { lead: t.form.lead } : {})}
      topic="page:form"
      crumbs={[
        { to: '/filings', label: session.role === 'customer' ? t.filing.mine : t.filing.title },
        { to: `/filings/${filingId}`, label: filing.data?.filing.domainName || filingId },
      ]}
    >
      <Loaded query={filing}>
        {({ filing: found }) => (
          <Loaded query={form}>
            {(shown) =>
              isEditable(found, session) && mayChange(session) ? (
                <FormEditor
                  filing={found}
                  form={shown}
                  {...(asksNoMaterial(found) ? {} : { materials: materialsOf(found) })}
                />
              ) : (
                <>
                  <FormReader filing={found} form={shown} />
                  <MaterialsViewer filingId={filingId} mayOpen={mayOpenMaterials(found, session)} />
                </>
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

const materialsOf = (filing: Filing) => (only: readonly string[] | null) => (
  <MaterialsPanel
    filingId={filing.id}
    opinions={filing.findings}
    askedAt={filing.review?.askedAt ?? null}
    only={only}
  />
);

/** What a reviewer asks for is open alone: no picture where none is named. */
const asksNoMaterial = (filing: Filing): boolean =>
  isAsked(filing) && !filing.findings.some(({ field }) => isMaterialPlace(field));
