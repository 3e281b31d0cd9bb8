import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, type ButtonProps } from 'antd';
import { useState } from 'react';
import { useText } from '../language/language.tsx';
import { useMessage } from '../parts/message.tsx';

interface CopyButtonProps {
  readonly text: string;
  readonly label?: string;
  readonly type?: ButtonProps['type'];
}

/** Copies, and says that it did. Off https some browsers have no clipboard: then a hidden field is used. */
export function CopyButton({ text, label, type = 'text' }: CopyButtonProps) {
  const { t } = useText();
  const message = useMessage();
  const [done, setDone] = useState(false);
  const copy = async () => {
    if (await copyText(text)) {
      setDone(true);
      setTimeout(() => setDone(false), 2000);
    } else {
      message.error(t.app.copyFailed);
    }
  };
  return (
    <Button
      type={type}
      size={type === 'text' ? 'small' : 'middle'}
      icon={done ? <CheckOutlined /> : <CopyOutlined />}
      onClick={copy}
    >
      {done ? t.app.copied : (label ?? t.app.copy)}
    </Button>
  );
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}
