import type { App } from './typed-app.ts';

interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Asks the routes of this process without a network: of the address the path alone counts. */
export function fetchFrom(app: App): (address: string, asked: Asked) => Promise<Response> {
  return async (address, { method, headers, body }) => {
    const { pathname, search } = new URL(address);
    const payload = body instanceof URLSearchParams ? body.toString() : typeof body === 'string' ? body : undefined;
    const answer = await app.inject({
      method: method === 'POST' ? 'POST' : 'GET',
      url: `${pathname}${search}`,
      headers: { ...headers },
      ...(payload !== undefined && { payload }),
    });
    const told = Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, String(each)]),
    );
    return new Response(answer.body, { status: answer.statusCode, headers: told });
  };
}
