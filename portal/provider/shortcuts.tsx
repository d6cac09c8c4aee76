import { useEffect } from 'react';
import { useWords } from '../parts/view.tsx';

export const shortcuts = [
  { key: '/', code: 'Slash', does: 'focus' },
  { key: 'c', code: 'KeyC', does: 'copy' },
  { key: 'p', code: 'KeyP', does: 'print' },
  { key: 'i', code: 'KeyI', does: 'inpatient' },
] as const;
type Deed = (typeof shortcuts)[number]['does'];

/**
 * Keys by their place on the keyboard, so that they are the same under a Persian layout. They work in the box, too: no
 * letter has a place there.
 */
export function useShortcuts(areOn: boolean, deeds: Readonly<Record<Deed, () => void>>): void {
  useEffect(() => {
    if (!areOn) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const found = shortcuts.find(({ code, key }) => event.code === code || event.key === key);
      if (found === undefined) return;
      event.preventDefault();
      deeds[found.does]();
    };
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('keydown', press);
    };
  }, [areOn, deeds]);
}

interface ShortcutsProps {
  readonly areOn: boolean;
  readonly onSwitch: (areOn: boolean) => void;
}

export function Shortcuts({ areOn, onSwitch }: ShortcutsProps) {
  const { say } = useWords();
  return (
    <section aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">{say('provider.shortcuts')}</h2>
      <dl className="shortcuts">
        <div>
          <dt>
            <kbd>Enter</kbd>
          </dt>
          <dd>{say('provider.shortcuts.ask')}</dd>
        </div>
        {shortcuts.map(({ key, does }) => (
          <div key={does}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(`provider.shortcuts.${does}`)}</dd>
          </div>
        ))}
      </dl>
      <label className="choice">
        <input
          type="checkbox"
          checked={areOn}
          onChange={(event) => {
            onSwitch(event.target.checked);
          }}
        />
        <span>{say('provider.shortcuts.on')}</span>
      </label>
    </section>
  );
}
