import type { Texts } from '../../texts.ts';
import type { Outcome } from '../../texts.ts';
import type { EnrolmentPageProps } from './enrolment-props.ts';

/**
 * The pages that the portal renders, and what each shows: as the portal has them, which checks/pages.test.ts keeps true.
 * Days and instants are ISO.
 */
export interface PageProps extends EnrolmentPageProps {
  readonly start: object;
  readonly signIn: {
    readonly nationalId: string;
    readonly faults: readonly FieldFault[];
    readonly because: 'asked' | 'expired' | 'ended' | 'out';
    readonly kept: string | undefined;
  };
  readonly code: {
    readonly nationalId: string;
    readonly faults: readonly FieldFault[];
    readonly kept: string | undefined;
  };
  readonly home: { readonly name: string | null; readonly requestId: string };
  readonly dependants: {
    readonly requestId: string;
    readonly nationalId: string;
    readonly setting: 'outpatient' | 'inpatient';
    readonly faults: readonly FieldFault[];
  };
  readonly answer: {
    readonly answer: AnswerShown;
    readonly about: AboutShown;
    readonly reasons: readonly Texts[];
    readonly clauses: readonly (Texts & { readonly clause: string; readonly source: Texts })[];
    readonly canObject: boolean;
    readonly canProve: boolean;
  };
  readonly asked: {
    readonly inquiries: readonly {
      readonly trackingCode: string;
      readonly askedAt: string;
      readonly asker: {
        readonly kind: 'provider' | 'self' | 'principal' | 'staff';
        readonly code?: string;
        readonly name?: string;
      };
      readonly channel: string;
      readonly outcome: Outcome;
    }[];
    readonly olderThan: string | undefined;
    readonly isFirst: boolean;
  };
  readonly proof: {
    readonly answer: AnswerShown;
    readonly about: AboutShown;
    readonly knownAt: string;
    readonly qr: { readonly size: number; readonly path: string };
  };
  readonly objections: {
    readonly objections: readonly {
      readonly caseNumber: string;
      readonly state: ObjectionState;
      readonly openedAt: string;
    }[];
  };
  readonly newObjection: {
    readonly requestId: string;
    readonly text: string;
    readonly contact: string;
    readonly trackingCode: string;
    readonly faults: readonly FieldFault[];
  };
  readonly objection: { readonly objection: ObjectionShown; readonly isNew: boolean };
  readonly notices: {
    readonly notices: readonly { readonly id: string; readonly at: string; readonly texts: Texts }[];
    readonly inquirySms: boolean;
    readonly isSaved: boolean;
  };
  readonly sessions: {
    readonly sessions: readonly {
      readonly id: string;
      readonly device: string | null;
      readonly createdAt: string;
      readonly seenAt: string;
      readonly isThis: boolean;
    }[];
    readonly isEnded: boolean;
  };
  readonly problem: {
    readonly problem: 'notFound' | 'forbidden' | 'forged' | 'tooMany' | 'undetermined' | 'invalid' | 'unexpected';
    readonly retryAfterSeconds: number;
    readonly trackingCode: string | undefined;
  };
  readonly offline: { readonly madeAt: string };
  readonly provider: {
    readonly clerk: { readonly user: string; readonly provider: string } | undefined;
    readonly requestId: string;
    readonly typed: string;
    readonly setting: 'outpatient' | 'inpatient';
    readonly fault:
      | 'errors.provider.missing'
      | 'errors.provider.neither'
      | 'errors.nationalId.wrong'
      | 'errors.provider.notYourCode'
      | undefined;
    readonly answered:
      | {
          readonly answer: Omit<AnswerShown, 'entitledUntil' | 'endedOn'> & { readonly reasons: readonly string[] };
          readonly nationalId: string | undefined;
        }
      | undefined;
    readonly undetermined: { readonly trackingCode: string | undefined } | undefined;
  };
  readonly providerNote:
    | { readonly note: 'signedIn' | 'notFound' }
    | {
        readonly note: 'refused';
        readonly why: 'tooMany' | 'forbidden' | 'notContracted' | 'unexpected';
        readonly seconds: number;
      };
  readonly demoMessages: {
    readonly messages: readonly { readonly id: string; readonly at: string; readonly text: string }[];
  };
}

export interface FieldFault {
  readonly field: string;
  readonly problem:
    | 'errors.nationalId.missing'
    | 'errors.nationalId.wrong'
    | 'errors.code.missing'
    | 'errors.code.wrong'
    | 'errors.dependant.notYours'
    | 'errors.text.missing'
    | 'errors.text.tooLong'
    | 'errors.contact.tooLong'
    | 'errors.trackingCode.wrong';
}

export interface AnswerShown {
  readonly trackingCode: string;
  readonly outcome: Outcome;
  readonly on: string;
  readonly setting: 'outpatient' | 'inpatient';
  readonly entitledUntil?: string | null;
  readonly endedOn?: string | null;
}

export interface AboutShown {
  readonly name: string | null;
  readonly nationalId: string;
}

type ObjectionState = 'opened' | 'assigned' | 'needsEvidence' | 'upheld' | 'corrected' | 'withdrawn';

interface ObjectionShown {
  readonly caseNumber: string;
  readonly state: ObjectionState;
  readonly openedAt: string;
  readonly text: string;
  readonly contact?: string;
  readonly trackingCode?: string;
  readonly decision?: { readonly reason: string; readonly decidedAt: string };
  readonly events: readonly {
    readonly at: string;
    readonly what:
      | 'open'
      | 'assign'
      | 'requestEvidence'
      | 'bringEvidence'
      | 'uphold'
      | 'proposeCorrection'
      | 'approveCorrection'
      | 'withdraw';
    readonly reason?: string;
  }[];
}

export type PageName = keyof PageProps;

export const languages = ['fa', 'en'] as const;
export type Language = (typeof languages)[number];

/** Where a page's files are. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  readonly font: string;
  readonly providerStyle: string;
  readonly providerScript: string;
}

/** What every page is told. */
export interface View {
  readonly language: Language;
  readonly isDemo: boolean;
  readonly path: string;
  readonly csrfToken: string | undefined;
  readonly assets: Assets;
}

export interface ProofSheet {
  readonly title: string;
  readonly demo: string | undefined;
  readonly verdict: string;
  readonly rows: readonly { readonly name: string; readonly value: string }[];
  readonly notes: readonly string[];
}

export interface Pages {
  /** A whole page as HTML. */
  readonly render: <Name extends PageName>(name: Name, props: PageProps[Name], view: Omit<View, 'assets'>) => string;
  /** A proof in lines of text, to be drawn on paper. */
  readonly proofSheet: (props: Omit<PageProps['proof'], 'qr'>, view: Omit<View, 'assets'>) => ProofSheet;
  /** Of the Persian and of the Latin letters; variable, packed as browsers take them. */
  readonly fontFiles: { readonly persian: string; readonly latin: string };
  /** Files for browsers under /assets/, with a hash in their names; and the worker of the offline page. */
  readonly clientFolder: string;
  readonly workerFile: string;
}
