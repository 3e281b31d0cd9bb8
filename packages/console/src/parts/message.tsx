import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import './message.css';

type Tone = 'success' | 'info' | 'warning' | 'error';
/** Says for a moment how something went that needs no answer. */
export type Message = Readonly<Record<Tone, (text: string) => void>>;

const MessageContext = createContext<Message>({
  success: () => {},
  info: () => {},
  warning: () => {},
  error: () => {},
});

export const useMessage = (): Message => useContext(MessageContext);

/** Long enough to be read; what went wrong is read twice. */
const shownMs: Readonly<Record<Tone, number>> = { success: 3000, info: 4000, warning: 5000, error: 6000 };

interface Said {
  readonly id: number;
  readonly tone: Tone;
  readonly text: string;
}

export function MessageProvider({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<readonly Said[]>([]);
  const last = useRef(0);
  const value = useMemo(() => {
    const say = (tone: Tone) => (text: string) => {
      last.current += 1;
      const id = last.current;
      setSaid((before) => [...before, { id, tone, text }]);
      setTimeout(() => setSaid((before) => before.filter((one) => one.id !== id)), shownMs[tone]);
    };
    return { success: say('success'), info: say('info'), warning: say('warning'), error: say('error') };
  }, []);
  return (
    <MessageContext value={value}>
      {children}
      <div className="messages" role="status">
        {said.map(({ id, tone, text }) => (
          <p key={id} className={`state ${{ success: 'good', info: 'info', warning: 'warn', error: 'bad' }[tone]}`}>
            <span>{text}</span>
          </p>
        ))}
      </div>
    </MessageContext>
  );
}
