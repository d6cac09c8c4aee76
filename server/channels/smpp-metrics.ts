import { Counter, Gauge, Histogram, type Registry } from '../platform/index.ts';
import type { LinkState, SmppLink, SmppObserver } from './smpp/index.ts';

/** By bind and kind; never by number or text. */
export function createSmppObserver(registry: Registry): SmppObserver {
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const bound = counter('estehqaq_smpp_bound_total', 'Binds that were made', ['bind']);
  const lost = counter('estehqaq_smpp_lost_total', 'Binds that were lost, by why', ['bind', 'why']);
  const sent = counter('estehqaq_smpp_sent_total', 'Messages and screens sent, by what became of them', ['result']);
  const seconds = new Histogram({
    name: 'estehqaq_smpp_send_seconds',
    help: 'From handing over a message or a screen to what became of it',
    buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60],
    registers: [registry],
  });
  const partsDropped = new Counter({
    name: 'estehqaq_smpp_parts_dropped_total',
    help: 'Parts of texts whose other parts never came',
    registers: [registry],
  });
  const received = counter('estehqaq_smpp_received_total', 'What came in, by what became of it', ['kind', 'outcome']);
  const throttled = counter('estehqaq_smpp_throttled_total', 'Times the operator asked for fewer', ['bind']);
  const malformed = counter('estehqaq_smpp_malformed_total', 'What came and could not be read', ['bind']);
  return {
    bound: (bind) => {
      bound.inc({ bind });
    },
    lost: (bind, why) => {
      lost.inc({ bind, why });
    },
    sent: (result, took) => {
      sent.inc({ result });
      seconds.observe(took);
    },
    partsDropped: (parts) => {
      partsDropped.inc(parts);
    },
    received: (kind, outcome) => {
      received.inc({ kind, outcome });
    },
    throttled: (bind) => {
      throttled.inc({ bind });
    },
    malformed: (bind) => {
      malformed.inc({ bind });
    },
  };
}

/** How much waits at this moment. */
export function watchSmpp(registry: Registry, link: Pick<SmppLink, 'state'>): void {
  const gauge = (name: string, help: string, read: (state: LinkState) => number): void => {
    const registered: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: () => {
        registered.set(read(link.state()));
      },
    });
  };
  gauge('estehqaq_smpp_queued', 'Messages that wait to be sent', ({ queued }) => queued);
  gauge('estehqaq_smpp_unanswered', 'Messages sent and not answered yet', ({ unanswered }) => unanswered);
  gauge('estehqaq_smpp_handling', 'Of what came in: not acknowledged yet', ({ handling }) => handling);
}
