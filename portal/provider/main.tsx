import { createRoot } from 'react-dom/client';
import type { Language } from '../parts/language.ts';
import { ViewProvider, type View } from '../parts/view.tsx';
import { Desk } from './desk.tsx';

/* Takes over the desk that the server has sent, with what was typed in it meanwhile. */

const place = document.getElementById('desk');
if (place !== null) start(place);
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);

function start(desk: HTMLElement): void {
  const { language, demo, csrf, user } = desk.dataset;
  const typed = desk.querySelector<HTMLInputElement>('#asked')?.value ?? '';
  const isInpatient = desk.querySelector<HTMLInputElement>('[name=setting]')?.checked === true;
  const view: View = {
    language: language === 'en' ? 'en' : ('fa' satisfies Language),
    isDemo: demo !== undefined,
    path: location.pathname,
    csrfToken: csrf,
    // The page around the desk has loaded them.
    assets: { style: '', script: '', font: '', providerStyle: '', providerScript: '' },
  };
  createRoot(desk).render(
    <ViewProvider value={view}>
      <Desk
        clerk={csrf === undefined || user === undefined ? undefined : { user, csrfToken: csrf }}
        isLost={csrf === undefined}
        typed={typed}
        setting={isInpatient ? 'inpatient' : 'outpatient'}
      />
    </ViewProvider>,
  );
}
