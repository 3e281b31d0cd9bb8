import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useText } from '../language/language.tsx';
import { articlesOn, useHelp } from './help-context.ts';

/** Opens the help on a topic where the question arises. Nothing is shown for a topic without help. */
export function HelpLink({ topic, small = false }: { readonly topic: string; readonly small?: boolean }) {
  const { t } = useText();
  const { articles, open } = useHelp();
  if (articlesOn(articles, topic).length === 0) return null;
  if (small) {
    return (
      <button type="button" className="help-link" onClick={() => open(topic)}>
        {t.part.help}
      </button>
    );
  }
  return (
    <Button type="text" size="small" icon={<QuestionCircleOutlined />} onClick={() => open(topic)}>
      {t.part.help}
    </Button>
  );
}
