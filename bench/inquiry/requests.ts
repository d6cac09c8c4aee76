import type { LoadPlan } from './load.ts';

/** Makes the next request, whole as it goes over the wire. */
export function requestsFor({ target, name, tokens }: LoadPlan, persons: readonly string[]): () => string {
  const path = target === 'bare' ? '/bare' : '/v1/inquiries';
  const heads = (target === 'bare' ? [''] : tokens).map((token) => {
    const authorization = token === '' ? '' : `Authorization: Bearer ${token}\r\n`;
    return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${authorization}Content-Type: application/json\r\nContent-Length: `;
  });
  let made = 0;
  return () => {
    made += 1;
    const person = persons[Math.floor(Math.random() * persons.length)] ?? '0012345679';
    const body = `{"nationalId":"${person}","requestId":"${name}-${made}"}`;
    return `${heads[made % heads.length] ?? ''}${body.length}\r\n\r\n${body}`;
  };
}
