/* Keeps the shell: style, scripts, font and the page that says there is no connection. Never anything about a person. */

declare const SHELL: {
  readonly version: string;
  readonly addresses: readonly string[];
  /** Kept when they are first used. */
  readonly laterAddresses: readonly string[];
};

interface Extendable extends Event {
  readonly waitUntil: (work: Promise<unknown>) => void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
}

const name = `shell ${SHELL.version}`;
const offlinePage = '/insured/offline';
const providerPage = '/provider/offline';

addEventListener('install', (event) => {
  const keep = async (): Promise<void> => {
    const cache = await caches.open(name);
    await cache.addAll([offlinePage, ...SHELL.addresses]);
  };
  (event as Extendable).waitUntil(keep());
});

addEventListener('activate', (event) => {
  const forget = async (): Promise<void> => {
    const old = (await caches.keys()).filter((each) => each !== name);
    await Promise.all(old.map((each) => caches.delete(each)));
  };
  (event as Extendable).waitUntil(forget());
});

addEventListener('fetch', (event) => {
  const { request, respondWith } = bound(event as Fetching);
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (SHELL.addresses.includes(pathname)) respondWith(fromShell(request));
  else if (SHELL.laterAddresses.includes(pathname)) respondWith(fromShellOrKeep(request));
  else if (request.mode === 'navigate') respondWith(fromNetwork(request, pathname));
});

function bound(event: Fetching): Pick<Fetching, 'request' | 'respondWith'> {
  return {
    request: event.request,
    respondWith: (answer) => {
      event.respondWith(answer);
    },
  };
}

async function fromShell(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** With them comes the page that they are for. */
async function fromShellOrKeep(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept !== undefined) return kept;
  const found = await fetch(request);
  if (!found.ok) return found;
  const cache = await caches.open(name);
  await cache.put(request, found.clone());
  await cache.add(providerPage).catch(() => undefined);
  return found;
}

async function fromNetwork(request: Request, pathname: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const isOfProviders = pathname === '/provider' || pathname.startsWith('/provider/');
    const kept = await caches.match(isOfProviders ? providerPage : offlinePage);
    if (kept === undefined) throw error;
    return kept;
  }
}
