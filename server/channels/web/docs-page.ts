/** The OpenAPI description as a page: plain HTML, worked out here, so that the reader's browser runs nothing. */

interface Described {
  readonly info?: { readonly title?: string; readonly version?: string; readonly description?: string };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>> | undefined>>;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: object }[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema?: object }>>;

export const docsStyle = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; border-top: 1px solid #8888; padding-top: 1rem; }
code, pre { font: 0.85rem/1.4 ui-monospace, monospace; }
pre { overflow-x: auto; border: 1px solid #8888; border-radius: 4px; padding: 0.75rem; max-height: 30rem; }
.method { text-transform: uppercase; font-weight: 700; }
`;

export function docsPage(document: unknown): string {
  const { info, paths } = document as Described;
  const operations = Object.entries(paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => operationText(method, path, operation)),
  );
  const title = text(info?.title ?? '');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<link rel="stylesheet" href="/docs/style.css"></head>
<body>
<h1>${title} ${text(info?.version ?? '')}</h1>
<p>${text(info?.description ?? '')}</p>
<p>For programs: <a href="/openapi.json">/openapi.json</a></p>
${operations.join('\n')}
</body>
</html>
`;
}

function operationText(method: string, path: string, operation: Operation): string {
  const { summary, description, security, parameters, requestBody, responses } = operation;
  return `<h2 id="${text(`${method}${path}`)}"><span class="method">${text(method)}</span> <code>${text(path)}</code></h2>
<p>${text(summary ?? '')}${description === undefined ? '' : `<br>${text(description)}`}</p>
${security === undefined ? '' : '<p>Needs a bearer token.</p>'}
${(parameters ?? []).map((each) => `<p><code>${text(each.name)}</code> (${text(each.in)})</p>`).join('\n')}
${requestBody === undefined ? '' : `<h3>Request</h3>${contentText(requestBody.content)}`}
<h3>Answers</h3>
${Object.entries(responses ?? {})
  .map(
    ([status, answer]) =>
      `<p><b>${text(status)}</b> ${text(answer.description ?? '')}</p>${isProblem(answer.content) ? '' : contentText(answer.content)}`,
  )
  .join('\n')}`;
}

function isProblem(content: Content | undefined): boolean {
  return content?.['application/problem+json'] !== undefined;
}

function contentText(content: Content | undefined): string {
  return Object.entries(content ?? {})
    .map(
      ([type, { schema }]) =>
        `<details><summary><code>${text(type)}</code></summary><pre>${text(JSON.stringify(schema, null, 2))}</pre></details>`,
    )
    .join('\n');
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function text(words: string): string {
  return words.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
