import { decideCase, schemas } from '../../../cases/index.ts';
import { limitedByAddress, type Limiting } from '../asker.ts';
import type { App } from '../typed-app.ts';
import { sendProblem } from '../problems.ts';
import { problems } from '../shapes.ts';

/**
 * One case in, one decision out, for anybody. The law reads the text itself: it names the first fault in document order,
 * and sees a figure as it was written.
 */
export function addDecisions(app: App, limits: Limiting): void {
  void app.register((scope, _options, registered) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
      done(null, text);
    });
    scope.post(
      '/v1/decisions',
      {
        schema: {
          summary: 'Decide one case under either regulation; nothing is recorded',
          description: 'The same as a line of the command `decide`.',
          tags: ['decisions'],
          body: withoutDialect(schemas.case),
          response: { 200: withoutDialect(schemas.decision), ...problems(413, 415) },
        },
        validatorCompiler: () => () => true,
        serializerCompiler: () => (answer) => JSON.stringify(answer),
        onRequest: limitedByAddress(limits),
      },
      async (request, reply) => {
        const decided = decideCase(typeof request.body === 'string' ? request.body : '');
        if (!('error' in decided)) return decided;
        const { code, path, message } = decided.error;
        return sendProblem(reply, {
          type: `urn:estehqaq:problem:${code}`,
          title: 'This is no valid case.',
          status: 400,
          code,
          path,
          message,
        });
      },
    );
    registered();
  });
}

/** Inside an OpenAPI description the dialect is the description's. */
function withoutDialect(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema'));
}
