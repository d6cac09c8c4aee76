import { useEffect, useState } from 'react';
import { useWords } from '../parts/view.tsx';

const barAfterMs = 300;
const wordsAfterMs = 3_000;

/** Nothing at first, then a quiet bar, then what is waited for. */
export function Waiting({ setting }: { readonly setting: 'outpatient' | 'inpatient' }) {
  const { say } = useWords();
  const [shown, setShown] = useState<'nothing' | 'bar' | 'words'>('nothing');
  useEffect(() => {
    const timers = [
      setTimeout(() => {
        setShown('bar');
      }, barAfterMs),
      setTimeout(() => {
        setShown('words');
      }, wordsAfterMs),
    ];
    return () => {
      timers.forEach(clearTimeout);
    };
  }, []);
  if (shown === 'nothing') return null;
  return (
    <div className="waiting">
      <div role="progressbar" aria-label={say('provider.waiting')} />
      {shown === 'words' && <p>{say(`provider.waiting.${setting}`)}</p>}
    </div>
  );
}
