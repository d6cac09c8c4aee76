import { create } from 'qrcode';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { makeProof, proofKeyId } from '../../../inquiry/index.ts';
import { nationalIdText } from '../../../platform/index.ts';
import type { App } from '../typed-app.ts';
import { shown, type Found } from './found-answer.ts';
import { drawProof } from './draw-proof.ts';
import type { PageProps } from './pages.ts';
import { languageOf, showPage, type PageDesk } from './visit.ts';

/** A proof to print, with a signed code that can be checked without the network. */
export function showProof(
  desk: PageDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  found: Found,
): Promise<FastifyReply> {
  return showPage(desk, request, reply, 'proof', { ...proofOf(found), qr: qrOf(signedText(desk, found)) });
}

/** The same as a file. */
export async function sendProofFile(
  desk: PageDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  found: Found,
): Promise<FastifyReply> {
  const language = languageOf(request);
  const view = { language, isDemo: desk.web.isDemo, path: '', csrfToken: undefined };
  const sheet = desk.pages.proofSheet(proofOf(found), view);
  const file = await drawProof({ sheet, language, qr: qrOf(signedText(desk, found)), fontFiles: desk.pages.fontFiles });
  return reply
    .type('application/pdf')
    .header('content-disposition', `attachment; filename="proof-${found.answer.on}.pdf"`)
    .send(file);
}

function proofOf({ answer, about }: Found): Omit<PageProps['proof'], 'qr'> {
  return { answer: shown(answer), about, knownAt: answer.askedAt.toISOString() };
}

function signedText({ web }: PageDesk, { answer, person }: Found): string {
  const { outcome, on, setting, trackingCode, askedAt } = answer;
  const nationalId = nationalIdText(person);
  return makeProof(web.keys, { nationalId, outcome, on, setting, trackingCode, issuedAt: askedAt });
}

/** The dark modules as a path on a grid; each run in a row is one rectangle, so that no gap is seen within it. */
function qrOf(text: string): { readonly size: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const rows = Array.from({ length: size }, (_, y) => {
    const row = Array.from({ length: size }, (_unused, x) => (modules.get(y, x) === 1 ? '#' : ' ')).join('');
    return [...row.matchAll(/#+/g)]
      .map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
      .join('');
  });
  return { size, path: rows.join('') };
}

/** With it anybody can check proofs of this installation. */
export function addProofKey(scope: App, { web }: PageDesk): void {
  const key = web.keys.tokenKey.check.export({ format: 'jwk' });
  const body = JSON.stringify({ keys: [{ ...key, kid: proofKeyId(web.keys), use: 'sig', alg: 'EdDSA' }] });
  scope.get('/.well-known/estehqaq-proof.json', { schema: { hide: true } }, (_request, reply) =>
    reply.type('application/json').header('cache-control', 'public, max-age=3600').send(body),
  );
}
