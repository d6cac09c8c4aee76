import { inTehranTime } from '../parts/format.ts';
import { NationalId } from '../parts/lists.tsx';
import { Shape } from '../parts/answer.tsx';
import { useWords } from '../parts/view.tsx';
import type { Settled } from './use-inquiries.ts';

interface RecentProps {
  readonly recent: readonly Settled[];
  readonly onShow: (settled: Settled) => void;
}

/** What was asked at this desk since the page was opened. */
export function Recent({ recent, onShow }: RecentProps) {
  const { say, digits } = useWords();
  return (
    <section aria-labelledby="recent-title">
      <h2 id="recent-title">{say('provider.recent')}</h2>
      {recent.length === 0 ? (
        <p className="empty">{say('provider.recent.none')}</p>
      ) : (
        <ol className="recent">
          {recent.map((settled) => {
            const { question, at } = settled;
            const outcome = settled.kind === 'answered' ? settled.answer.outcome : 'COULD_NOT_DETERMINE';
            return (
              <li key={question.requestId}>
                <button
                  type="button"
                  onClick={() => {
                    onShow(settled);
                  }}
                >
                  <Shape outcome={outcome} />
                  <span className="what">{say(`outcome.${outcome}`)}</span>
                  <span className="whom">
                    {question.asked.kind === 'nationalId' ? (
                      <NationalId nationalId={question.asked.digits} />
                    ) : (
                      say('answer.trackingCode')
                    )}
                    {question.setting === 'inpatient' && ` · ${say('setting.inpatient')}`}
                  </span>
                  <time dateTime={at}>{digits(inTehranTime(at).time)}</time>
                </button>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
