import type { SubjectKind } from '@openbeian/model/filing';
import { Checkbox, Form, Input, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Shortcuts } from '../../parts/shortcuts.tsx';
import { type Objection, type ReturnReason, reasonsFor } from './opinion.ts';
import { reviewWords } from './words.ts';

interface ObjectionDialogProps {
  /** The field that it is about, null for the filing as a whole, and whose filing it is. */
  readonly place: { readonly field: string | null; readonly subjectKind: SubjectKind };
  readonly label: string;
  readonly onAdd: (objections: readonly Objection[]) => void;
  readonly onClose: () => void;
}

/** Picks reasons for returning one field from the catalogue, several at once, with a comment. Digits pick, Enter adds. */
export function ObjectionDialog({ place, label, onAdd, onClose }: ObjectionDialogProps) {
  const { t } = useText(reviewWords);
  const catalogue = useAnswer('listReturnReasons', {});
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [comment, setComment] = useState('');
  const [missing, setMissing] = useState<'reason' | 'comment' | null>(null);
  const words = useRef<HTMLDivElement>(null);
  const add = () => {
    // “Other” says nothing by itself.
    const lacks = chosen.length === 0 ? 'reason' : chosen.includes('other') && comment.trim() === '' ? 'comment' : null;
    setMissing(lacks);
    if (lacks === 'comment') words.current?.querySelector('textarea')?.focus();
    if (lacks !== null) return;
    onAdd(chosen.map((reasonId) => ({ field: place.field, reasonId, comment: comment.trim() })));
    onClose();
  };
  return (
    <Modal
      open
      title={`${t.review.flagTitle} · ${label}`}
      onCancel={onClose}
      okText={t.review.add}
      onOk={add}
      width={600}
    >
      <Loaded query={catalogue}>
        {({ reasons }) => (
          <Form layout="vertical" requiredMark={false}>
            <Form.Item
              label={t.review.reason}
              extra={t.review.reasonKeys}
              {...(missing === 'reason' && { validateStatus: 'error', help: t.review.reasonRequired })}
            >
              <ReasonChoices reasons={reasonsFor(reasons, place)} chosen={chosen} onChange={setChosen} onDone={add} />
            </Form.Item>
            <div ref={words}>
              <Form.Item
                label={`${t.review.comment} (${t.app.optional})`}
                {...(missing === 'comment' && { validateStatus: 'error', help: t.review.commentRequired })}
              >
                <Input.TextArea
                  aria-label={t.review.comment}
                  rows={3}
                  count={{ show: true, max: 500 }}
                  value={comment}
                  placeholder={t.review.commentPlaceholder}
                  onChange={(event) => setComment(event.target.value)}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter' && event.ctrlKey) add();
                  }}
                />
              </Form.Item>
            </div>
          </Form>
        )}
      </Loaded>
    </Modal>
  );
}

interface ReasonChoicesProps {
  readonly reasons: readonly ReturnReason[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly onDone: () => void;
}

function ReasonChoices({ reasons, chosen, onChange, onDone }: ReasonChoicesProps) {
  const { t, pick } = useText(reviewWords);
  const toggle = (id: string | undefined) => {
    if (id === undefined) return;
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  };
  const place = useRef<HTMLFieldSetElement>(null);
  // The dialog itself puts the focus on its cross, where Enter would close it.
  useEffect(() => {
    const timer = setTimeout(() => place.current?.querySelector('input')?.focus(), 50);
    return () => clearTimeout(timer);
  }, []);
  const digits = reasons.slice(0, 9).map((_one, index) => String(index + 1));
  return (
    <fieldset ref={place} className="reason-choices">
      <Shortcuts
        inDialog
        shortcuts={[
          { keys: digits, label: t.review.reason, run: (key) => toggle(reasons[Number(key) - 1]?.id) },
          { keys: ['enter'], label: t.review.add, run: onDone },
        ]}
      />
      {reasons.map(({ id, message, remedy }, index) => (
        <Checkbox key={id} checked={chosen.includes(id)} onChange={() => toggle(id)}>
          {index < 9 && <kbd aria-hidden="true">{index + 1}</kbd>} {pick(message)}
          {chosen.includes(id) && (
            <span className="field-before">
              {t.review.remedyShown}: {pick(remedy)}
            </span>
          )}
        </Checkbox>
      ))}
    </fieldset>
  );
}
