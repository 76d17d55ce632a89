import { bind, type Route } from '#platform/http/bind.ts';
import * as accounts from './actions/accounts.ts';
import * as factors from './actions/factors.ts';
import * as grants from './actions/grants.ts';
import * as invitations from './actions/invitations.ts';
import * as mine from './actions/my-account.ts';
import * as oidc from './actions/oidc.ts';
import * as oversight from './actions/oversight.ts';
import * as passkeys from './actions/passkeys.ts';
import * as signIn from './actions/sign-in.ts';
import * as stepUp from './actions/step-up.ts';
import * as contracts from './schema.ts';
import { listDelegations } from './store/grants.ts';
import { listSessionsOf } from './store/sessions.ts';

const signingIn: readonly Route[] = [
  bind(contracts.signInOptions, (asking) => signIn.readOptions(asking)),
  bind(contracts.currentSession, (asking) => signIn.readSession(asking)),
  bind(contracts.signInWithPassword, (asking, { body }) => signIn.signInWithPassword(asking, body)),
  bind(contracts.signInWithTotp, (asking, { body }) => signIn.signInWithTotp(asking, body.code)),
  bind(contracts.passkeySignInOptions, (asking) => passkeys.askForPasskeySignIn(asking)),
  bind(contracts.signInWithPasskey, (asking, { body }) => passkeys.signInWithPasskey(asking, body.answer)),
  bind(contracts.signInForDemonstration, (asking, { body }) => signIn.signInForDemonstration(asking, body.userName)),
  bind(contracts.startOidc, (asking, { body }) => oidc.startOidc(asking, body.purpose)),
  bind(contracts.finishOidc, (asking, { body }) => oidc.finishOidc(asking, body.returned)),
  bind(contracts.signOut, (asking) => signIn.signOut(asking)),
  bind(contracts.stepUp, (asking, { body }) => stepUp.showFactorAgain(asking, asking.actor, body)),
  bind(contracts.stepUpPasskeyOptions, (asking) => stepUp.askForStepUpPasskey(asking, asking.actor)),
  bind(contracts.lookAtInvitation, (asking, { body }) => invitations.lookAtLink(asking, body.token)),
  bind(contracts.acceptInvitation, (asking, { body }) => invitations.acceptLink(asking, body)),
];

const ownAccount: readonly Route[] = [
  bind(contracts.enrolTotp, (asking) => factors.beginTotp(asking)),
  bind(contracts.confirmTotp, (asking, { body }) => factors.finishTotp(asking, body.code)),
  bind(contracts.passkeyEnrolmentOptions, (asking) => factors.beginPasskey(asking)),
  bind(contracts.addPasskey, (asking, { body }) => factors.finishPasskey(asking, body.label, body.answer)),
  bind(contracts.listFactors, ({ tx, actor, services }) => factors.readFactors(tx, actor, services)),
  bind(contracts.removeTotp, ({ tx, actor, now }) => factors.removeTotp(tx, actor, now)),
  bind(contracts.removePasskey, ({ tx, actor, now }, { params }) => factors.removePasskey(tx, actor, now, params.id)),
  bind(contracts.listMySessions, async ({ tx, actor, now }) => ({
    sessions: (await listSessionsOf(tx, actor.account, now.at)).map((session) => ({ ...session, current: session.id === actor.session })),
  })),
  bind(contracts.endMySession, ({ tx, actor, now }, { params }) => mine.endOneSession(tx, actor, now, params.id)),
  bind(contracts.endMyOtherSessions, ({ tx, actor, now }) => mine.endOtherSessions(tx, actor, now)),
  bind(contracts.changePassword, (asking, { body }) => mine.changePassword(asking, asking.actor, body)),
  bind(contracts.setLanguage, ({ tx, actor, now }, { body }) => mine.chooseLanguage(tx, actor, now, body.language)),
  bind(contracts.listDelegations, async ({ tx, actor, now }) => ({ delegations: await listDelegations(tx, actor.account, now.today) })),
  bind(contracts.listColleagues, ({ tx, actor }) => mine.readColleagues(tx, actor)),
  bind(contracts.delegate, ({ tx, actor, now }, { body }) => mine.delegateRole(tx, actor, now, body)),
  bind(contracts.endDelegation, ({ tx, actor, now }, { params }) => mine.endDelegation(tx, actor, now, params.id)),
];

const administration: readonly Route[] = [
  bind(contracts.listAccounts, ({ tx, now }, { query }) => accounts.readAccounts(tx, now, query)),
  bind(contracts.getAccount, ({ tx, actor, now }, { params }) => accounts.readAccount(tx, actor, now, params.id)),
  bind(contracts.createAccount, ({ tx, actor, now, services }, { body }) => accounts.createAccount(tx, actor, now, body, services.publicUrl)),
  bind(contracts.issueLink, ({ tx, actor, now, services }, { params }) => accounts.issueLink(tx, actor, now, params.id, services.publicUrl)),
  bind(contracts.grantRole, ({ tx, actor, now }, { params, body }) => grants.grantRole(tx, actor, now, params.id, body)),
  bind(contracts.endGrant, ({ tx, actor, now }, { params, body }) => grants.takeRole(tx, actor, now, params.id, body.reason)),
  bind(contracts.lockAccount, ({ tx, actor, now }, { params, body }) => accounts.lockAccount(tx, actor, now, params.id, body.reason)),
  bind(contracts.unlockAccount, ({ tx, actor, now }, { params }) => accounts.unlockAccount(tx, actor, now, params.id)),
  bind(contracts.endSessions, ({ tx, actor, now }, { params }) => accounts.endSessionsOf(tx, actor, now, params.id)),
  bind(contracts.leaveOffice, ({ tx, actor, now }, { params, body }) => accounts.leaveOffice(tx, actor, now, params.id, body.reason)),
  bind(contracts.listTwoBodyRequests, ({ tx, actor, now }) => oversight.readRequests(tx, actor, now)),
  bind(contracts.requestTwoBodies, ({ tx, actor, now }, { body }) => oversight.askTwoBodies(tx, actor, now, body)),
  bind(contracts.confirmTwoBodies, ({ tx, actor, now }, { params }) => oversight.confirmRequest(tx, actor, now, params.id)),
  bind(contracts.declineTwoBodies, ({ tx, actor, now }, { params }) => oversight.declineRequest(tx, actor, now, params.id)),
];

export const routes: readonly Route[] = [...signingIn, ...ownAccount, ...administration];
