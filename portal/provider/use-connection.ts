import { useCallback, useEffect, useState } from 'react';

export interface Connection {
  /** ISO; undefined while there is one. */
  readonly offlineSince: string | undefined;
  /** What became of a request says more than the browser knows. */
  readonly tell: (isReached: boolean) => void;
}

/** Whether anybody can be asked, and since when not. @param isLost the page itself came without a connection */
export function useConnection(isLost: boolean, onBack: () => void): Connection {
  const [offlineSince, setOfflineSince] = useState(() =>
    isLost || !navigator.onLine ? new Date().toISOString() : undefined,
  );
  const tell = useCallback((isReached: boolean) => {
    setOfflineSince((since) => (isReached ? undefined : (since ?? new Date().toISOString())));
  }, []);
  useEffect(() => {
    const lose = (): void => {
      tell(false);
    };
    const find = (): void => {
      tell(true);
      onBack();
    };
    addEventListener('offline', lose);
    addEventListener('online', find);
    return () => {
      removeEventListener('offline', lose);
      removeEventListener('online', find);
    };
  }, [tell, onBack]);
  return { offlineSince, tell };
}
