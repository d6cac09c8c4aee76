import { Type } from 'typebox';
import { Fault, meaningOf } from '../../../platform/index.ts';
import { chooseInquirySms } from '../../sms/index.ts';
import { getHolder } from '../asker.ts';
import type { WebParts } from '../parts.ts';
import { closed, problems } from '../shapes.ts';
import type { App } from '../typed-app.ts';

const choice = Type.Object(
  {
    inquirySms: Type.Boolean({
      description: 'Whether an SMS tells of every inquiry that somebody else makes about me',
    }),
  },
  closed,
);

/** A person chooses to be told of inquiries. */
export function addInquirySms(app: App, { pool, clock }: WebParts): void {
  app.put(
    '/v1/people/me/notices',
    {
      schema: {
        summary: 'Tell me by SMS of every inquiry about me, or no longer',
        description: 'The SMS goes to the mobile that the register has.',
        tags: ['people'],
        security: [{ bearer: [] }],
        body: choice,
        response: { 200: choice, ...problems(401, 403, 413, 415) },
      },
    },
    async (request) => {
      const holder = getHolder(request);
      if (holder.kind !== 'self') throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
      return chooseInquirySms(pool, clock, { person: holder.person, inquirySms: request.body.inquirySms });
    },
  );
}
