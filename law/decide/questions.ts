import * as article2 from '../clauses/mandatory-insurance/article-2.ts';
import * as article3a from '../clauses/mandatory-insurance/article-3-a.ts';
import * as article3b from '../clauses/mandatory-insurance/article-3-b.ts';
import * as article4 from '../clauses/mandatory-insurance/article-4.ts';
import { groupThree } from '../clauses/mandatory-insurance/article-4-group-three.ts';
import * as answer from '../clauses/treatment-entitlement/answer.ts';
import * as dependants from '../clauses/treatment-entitlement/dependants.ts';
import * as inpatient from '../clauses/treatment-entitlement/inpatient.ts';
import * as order from '../clauses/treatment-entitlement/order.ts';
import * as own from '../clauses/treatment-entitlement/own-standing.ts';
import type { DependantRelation } from '../facts.ts';
import { Question } from './question.ts';

/* The questions that the two regulations answer, each with its general rule first and the exceptions after it. */

export const mandatoryInsurance = {
  opening: new Question([
    article2.uninsuredHouseholdsMayRegister,
    article2.notBeforeTheOpening,
    article2.notBeforeTheProcedure,
  ]),
  cover: new Question([article2.baseCoverCounts, article2.exemptFundsCount, article2.supportiveBodiesDoNotCount]),
  subject: new Question([article2.theUninsuredAreSubject, article2.theInsuredAreNot, article2.theExemptAreNot]),
  member: new Question([article3a.grownChildrenMayStayOut, article3a.theFamilyComesAlong]),
  group: new Question([groupThree, article3a.groupTwo, article3a.groupOne, article3a.whileTheTestIsSuspended]),
  regime: new Question([
    article3a.termsOfTheWindow,
    article3b.threeGroupsHaveThreeMonths,
    article3b.lateApplicants,
    article3b.emergencyHouseholds,
    article3b.newbornHouseholds,
  ]),
  course: new Question([
    article2.oneBillForTheHousehold,
    article3a.nobodyIsLeftOut,
    article3a.groupOneIsCompletedForIt,
    article3a.withoutAResultNobodyIsCharged,
  ]),
  rate: new Question([article3a.rateOfTheYear, article3a.rateCarriedForward]),
  terms: new Question([
    article3a.subsidyOnlyByTheTest,
    article3a.aYearOfCover,
    article3a.coverIsWaitedFor,
    article3a.coverFollowsThePayment,
    article3a.declaredAbility,
    article3a.theStatePaysForGroupOne,
    article3a.groupOneDoesNotWait,
    article3a.groupTwoPaysHalf,
    article3a.groupThreePaysAll,
    article3b.lateApplicantsPayAYear,
    article3b.lateApplicantsWait,
    article3b.newbornTerm,
    article3b.theNewbornsFamilyWaits,
    article3b.emergencyTerm,
    article3b.theEmergencyPatientsFamilyWaits,
    article3b.lostByTheEndOfServiceOrWork,
    article3b.lostByMarriageOrSeparation,
    article3b.lostByAge,
    article3b.lateEntrantsWhoAskedInTime,
    article3b.lateEntrantsWhoDidNotAsk,
    article4.renewedWithinTheMonth,
    article4.renewedLater,
    article4.renewedInFull,
    article4.freeCoverGoesOn,
  ]),
  urgentMember: new Question([
    article3a.urgentMembersWaitLikeTheOthers,
    article3b.emergencyPatientsDoNotWait,
    article3b.newbornsDoNotWait,
  ]),
} as const;

/** The clauses of one relation, between those that all dependants share. */
function ofDependants(ofTheRelation: readonly (typeof dependants.dependantsAreCovered)[]) {
  return new Question([
    dependants.dependantsAreCovered,
    ...ofTheRelation,
    dependants.survivorsGraceIsOver,
    dependants.principalIsNotEntitled,
    dependants.leftDependency,
  ]);
}

export const treatmentEntitlement = {
  admission: new Question([
    order.anybodyMayAsk,
    order.onlyContractedProviders,
    order.ownedCentresNeedNoContract,
    order.notBeforeKhordad,
  ]),
  telling: new Question([answer.reasonsAreTold, answer.thePersonLearnsTheEnd, answer.providersLearnTheLeast]),
  life: new Question([own.theLivingAreCovered, own.theDeceasedAreNot]),
  compulsory: new Question([own.insuredAndPensionersAreCovered, own.contributionEnded]),
  contract: new Question([own.insuredAndPensionersAreCovered, own.notPaidThrough, own.noTreatmentOption]),
  unemploymentBenefit: new Question([own.insuredAndPensionersAreCovered, own.unemploymentBenefitEnded]),
  pensioner: new Question([own.insuredAndPensionersAreCovered, own.pensionEnded, own.pensionNotStarted]),
  dependant: {
    wife: ofDependants([]),
    husband: ofDependants([dependants.husbandOfAnInsuredWoman]),
    son: ofDependants([
      dependants.sonWithoutCertificate,
      dependants.sonServedMeanwhile,
      dependants.scienceMinistryIsLinked,
      dependants.childrenWithAJob,
    ]),
    daughter: ofDependants([
      dependants.daughterNotSighted,
      dependants.daughterServedMeanwhile,
      dependants.deedsRegistryIsLinked,
      dependants.childrenWithAJob,
      dependants.marriedDaughters,
    ]),
    father: ofDependants([dependants.parentsOfTheInsured]),
    mother: ofDependants([dependants.parentsOfTheInsured]),
  } satisfies Record<DependantRelation, unknown>,
  overlap: new Question([
    inpatient.inpatientProcessStands,
    inpatient.noOtherInsurerStandsInTheWay,
    inpatient.otherInsurersDidNotAnswer,
    inpatient.thePersonChooses,
    inpatient.theOtherInsurerPrevails,
  ]),
} as const;
