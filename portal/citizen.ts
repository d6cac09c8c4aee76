/* What citizens' pages can do better with scripts. None of it is needed. */

guardForms();
showCopying();
showPrinting();
focusFaults();
receiveCode();
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);

/** A form that is on its way is not sent again; one that the browser brings back is fresh. */
function guardForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-once]')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset['once'] === 'sent') {
        event.preventDefault();
        return;
      }
      form.dataset['once'] = 'sent';
      const button = event.submitter;
      if (button === null) return;
      button.dataset['label'] = button.textContent;
      button.setAttribute('aria-disabled', 'true');
      setTimeout(() => {
        if (form.dataset['once'] === 'sent') button.textContent = document.body.dataset['sending'] ?? '';
      }, 300);
    });
  }
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-once]')) {
      form.dataset['once'] = '';
      for (const button of form.querySelectorAll<HTMLElement>('[data-label]')) {
        button.textContent = button.dataset['label'] ?? '';
        button.removeAttribute('aria-disabled');
      }
    }
  });
}

function showCopying(): void {
  if (!('clipboard' in navigator)) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.hidden = false;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(button.dataset['copy'] ?? '').then(() => {
        button.textContent = document.body.dataset['copied'] ?? '';
      });
    });
  }
}

function showPrinting(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      print();
    });
  }
}

function focusFaults(): void {
  document.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** Where the browser can read the code from the message itself. */
function receiveCode(): void {
  const box = document.querySelector<HTMLInputElement>('input[autocomplete="one-time-code"]');
  if (box === null || !('OTPCredential' in window)) return;
  const asked = new AbortController();
  box.form?.addEventListener('submit', () => {
    asked.abort();
  });
  const request = { otp: { transport: ['sms'] }, signal: asked.signal } as CredentialRequestOptions;
  navigator.credentials.get(request).then(
    (found) => {
      if (found !== null && 'code' in found && box.value === '') box.value = String(found.code);
    },
    () => undefined,
  );
}
