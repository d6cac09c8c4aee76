import { proofSheet } from './insured/proof-sheet.ts';
import { createElement, type ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { EnrolApplicationPage } from './enrolment/application.tsx';
import { EnrolCheckPage } from './enrolment/check.tsx';
import { EnrolHomePage, EnrolPaidPage, EnrolPayPage, EnrolRenewPage, EnrolWithdrawPage } from './enrolment/pages.tsx';
import { EnrolQuestionPage } from './enrolment/questions.tsx';
import { EnrolQuotedPage, EnrolQuotePage, EnrolStartPage } from './enrolment/start.tsx';
import { AnswerPage, AskedPage, DependantsPage, HomePage, ProofPage } from './insured/inquiry.tsx';
import { NewObjectionPage, ObjectionPage, ObjectionsPage } from './insured/objections.tsx';
import { NoticesPage, SessionsPage } from './insured/settings.tsx';
import { CodePage, SignInPage, StartPage } from './insured/sign-in.tsx';
import { DemoMessagesPage, OfflinePage, ProblemPage } from './parts/plain-pages.tsx';
import { DeskPage, NotePage } from './provider/pages.tsx';
import { ViewProvider, type View } from './parts/view.tsx';

/** The pages that the server sends as HTML: pure functions of what they show. */
const pages = {
  start: StartPage,
  signIn: SignInPage,
  code: CodePage,
  home: HomePage,
  dependants: DependantsPage,
  answer: AnswerPage,
  asked: AskedPage,
  proof: ProofPage,
  objections: ObjectionsPage,
  newObjection: NewObjectionPage,
  objection: ObjectionPage,
  notices: NoticesPage,
  sessions: SessionsPage,
  enrolStart: EnrolStartPage,
  enrolQuote: EnrolQuotePage,
  enrolQuoted: EnrolQuotedPage,
  enrolHome: EnrolHomePage,
  enrolQuestion: EnrolQuestionPage,
  enrolCheck: EnrolCheckPage,
  enrolApplication: EnrolApplicationPage,
  enrolPay: EnrolPayPage,
  enrolPaid: EnrolPaidPage,
  enrolWithdraw: EnrolWithdrawPage,
  enrolRenew: EnrolRenewPage,
  problem: ProblemPage,
  offline: OfflinePage,
  provider: DeskPage,
  providerNote: NotePage,
  demoMessages: DemoMessagesPage,
} as const;

type Pages = typeof pages;
export type PageName = keyof Pages;
export type PageProps = { [Name in PageName]: Parameters<Pages[Name]> extends [infer Props] ? Props : object };

export { proofSheet };

/** A whole page as HTML. */
export function render<Name extends PageName>(name: Name, props: PageProps[Name], view: View): string {
  const page = createElement(pages[name] as ComponentType<object>, props);
  return `<!doctype html>${renderToStaticMarkup(createElement(ViewProvider, { value: view }, page))}`;
}
