import { Form, Select } from 'antd';
import { useText } from '../language/language.tsx';

/** For how many hours an old key stays good beside the new one. */
export function OverlapField() {
  const { t } = useText();
  const options = Object.entries(t.access.overlaps).map(([hours, label]) => ({ value: Number(hours), label }));
  return (
    <Form.Item name="overlapHours" label={t.access.overlap}>
      <Select options={options} style={{ width: 200 }} />
    </Form.Item>
  );
}
