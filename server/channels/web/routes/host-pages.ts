import type { HostPage } from '../../../config.ts';
import { doorPage } from '../door-page.ts';
import type { WebParts } from '../parts.ts';
import { problemOf, sendProblem } from '../problems.ts';
import type { App } from '../typed-app.ts';

/**
 * An address of its own for each audience (T-16): whoever calls a host by its name alone is sent to its page. Which host was
 * called is what the request says, or what a trusted proxy does.
 */
export function addHostPages(
  app: App,
  { hostPages = new Map<string, HostPage>(), isDemo, pages }: Pick<WebParts, 'hostPages' | 'isDemo' | 'pages'>,
): void {
  const built: readonly HostPage[] = pages === undefined ? [] : ['/insured', '/provider'];
  const [usual] = built;
  app.get('/', { schema: { hide: true } }, async (request, reply) => {
    const page = hostPages.get(request.hostname.toLowerCase()) ?? usual;
    return page === undefined ? sendProblem(reply, problemOf('NOT_FOUND')) : reply.redirect(page, 302);
  });
  for (const page of new Set(hostPages.values())) {
    if (built.includes(page)) continue;
    app.get(page, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        )
        .send(doorPage(page, isDemo)),
    );
  }
}
