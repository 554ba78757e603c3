export type { AccountAct } from './accounts/account-act.js';
export { allowLocalPassword, closeAccount, resetTotp, setPassword } from './accounts/administer.js';
export type { AccountChanged } from './accounts/administer.js';
export { changeOwnPassword } from './accounts/change-password.js';
export { accountOverview } from './accounts/overview.js';
export type { AccountOverview } from './accounts/overview.js';
export { networkOf, withPaperAttempt } from './attempts.js';
export type { Around, SignedIn } from './begin-session.js';
export { createAccount } from './create-account.js';
export type { NewAccount } from './create-account.js';
export { createDemoAccounts, demoAccounts } from './demo-accounts.js';
export type { DemoAccount } from './demo-accounts.js';
export { addRole, endRole } from './offices/add-role.js';
export type { AddRole, EndRole } from './offices/add-role.js';
export { peopleNamed } from './offices/colleagues.js';
export type { Colleague } from './offices/colleagues.js';
export { delegateRole, withdrawDelegation } from './offices/delegate.js';
export type { DelegateInput } from './offices/delegate.js';
export { completeOffices, installOffices } from './offices/install-offices.js';
export type { MoveResult } from './offices/moves/execute-move.js';
export { ENDS, PROVINCE } from './offices/moves/move-plan.js';
export type { Choices, MovePlan, RoleStep } from './offices/moves/move-plan.js';
export { eventDays, listMoves, unitsEnding } from './offices/moves/move-queries.js';
export type { EndingUnit, MoveLine } from './offices/moves/move-queries.js';
export {
  MOVE_JOB,
  carryOut,
  planOfficeMove,
  previewMove,
  voidMove,
} from './offices/moves/office-moves.js';
export type {
  CarriedOut,
  MoveInput,
  MoveState,
  PlannedMove,
} from './offices/moves/office-moves.js';
export type { OtherRooms } from './offices/moves/read-unit.js';
export type { Office } from './offices/office.js';
export { listOffices, officeView } from './offices/office-queries.js';
export type { Holder, OfficeLine, OfficeView } from './offices/office-queries.js';
export { ownDelegations, receiversFor } from './offices/own-delegations.js';
export type { DelegationLine, OwnDelegations, OwnRole } from './offices/own-delegations.js';
export { SHORTEST_PASSWORD } from './passwords/passwords.js';
export { findRole, permissionLabel, requireRole, roles } from './roles.js';
export type { Level, Role } from './roles.js';
export { scopeOf, unitWords } from './scopes.js';
export type { Scope } from './scopes.js';
export { endOtherSessions, endOwnSession, openSessions } from './sessions/own-sessions.js';
export type { OpenSession } from './sessions/own-sessions.js';
export { actorOfSession, sessionOf, signOut } from './sessions/sessions.js';
export type { Session, SessionStage, SignInMethod } from './sessions/sessions.js';
export { signIn } from './sign-in.js';
export type { SignIn } from './sign-in.js';
export { SEALED_ACCOUNT_LINKS, linkSubject, unlinkSubjects } from './sso/links.js';
export { ssoProvider } from './sso/sso-provider.js';
export type { SsoProvider } from './sso/sso-provider.js';
export { ssoSettings } from './sso/sso-settings.js';
export type { SsoSettings } from './sso/sso-settings.js';
export { SSO_RETURN, beginSso, finishSso, ssoSignOutUrl } from './sso/sso-sign-in.js';
export { beginEnrolment, confirmEnrolment, renewRecoveryCodes } from './totp/enrol.js';
export type { Enrolment } from './totp/enrol.js';
export { confirmCode, demoCode, recoveryLeft } from './totp/second-factor.js';
export { SEALED_TOTP } from './totp/totp-rows.js';
