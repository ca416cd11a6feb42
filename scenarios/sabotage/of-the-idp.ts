import { inFile, type Sabotage } from './sabotage.ts'

/** The identity provider. */
export const ofTheIdp: readonly Sabotage[] = [
  ...inFile('idp/slo/end-behind.ts', [
    {
      id: 'idp-session-kept',
      shownBy: 'logout/back-to-the-selector',
      what: 'The IdP keeps its session.',
      from: 'await Promise.all(living.map(sessions.endAsFound))',
      to: 'living.map(() => true)',
    },
  ]),
  ...inFile('idp/slo/begin-logout.ts', [
    {
      id: 'initiator-asked-back',
      shownBy: 'logout/another-login-at-the-requester',
      what: 'The IdP asks who asked.',
      from: 'each.spEntityId !== requester && isAsked(each)',
      to: 'isAsked(each)',
    },
  ]),
  ...inFile('idp/slo/logout-run.ts', [
    {
      id: 'first-participant-only',
      shownBy: 'logout/idp-initiated-at-two-applications',
      what: 'The IdP asks the first service provider only.',
      from: 'legs: participants.map(',
      to: 'legs: participants.slice(0, 1).map(',
    },
    {
      id: 'initiator-never-told',
      shownBy: 'partners/partner-starts-the-logout',
      what: 'The IdP never tells who asked.',
      from: 'return owesAnswer ? {',
      to: `return owesAnswer && outcome !== 'complete' ? {`,
    },
    {
      id: 'everybody-confirmed',
      shownBy: 'partners/told-of-a-partial-logout',
      what: 'The IdP takes whoever was asked for one that confirmed.',
      from: `state.kind === 'answered' && state.confirmed\n`,
      to: `state.kind !== 'pending'\n`,
    },
  ]),
  ...inFile('idp/slo/change-legs.ts', [
    {
      id: 'always-stops',
      shownBy: 'partners/goes-on-after-a-failure',
      what: 'The IdP stops at whoever does not confirm.',
      from: `if (run.onFailure === 'continue' || !isMissed(after)) return next`,
      to: 'if (!isMissed(after)) return next',
    },
    {
      id: 'never-stops',
      shownBy: 'partners/stops-at-the-first-failure',
      what: 'The IdP goes on where it was told to stop.',
      from: `if (run.onFailure === 'continue' || !isMissed(after)) return next`,
      to: 'if (run.onFailure !== undefined || !isMissed(after)) return next',
    },
  ]),
  ...inFile('idp/slo/receive-answer.ts', [
    {
      id: 'any-answer-confirms',
      shownBy: 'partners/refusing',
      what: 'The IdP takes any answer for a success.',
      from: 'return isSuccess(status) && !status.codes.includes(STATUS.partialLogout)',
      to: 'return isSuccess(status) || status.codes.length > 0',
    },
  ]),
  ...inFile('idp/slo/answer-requester.ts', [
    {
      id: 'always-success',
      shownBy: 'partners/told-of-a-partial-logout',
      what: 'The IdP tells who asked of success, whatever came of it.',
      from: `const status = outcome === 'complete' ? success : partialLogout`,
      to: `const status = outcome === 'complete' ? success : { ...partialLogout, ...success }`,
    },
  ]),
  ...inFile('idp/slo/advance-logout.ts', [
    {
      id: 'names-of-another',
      shownBy: 'logout/idp-initiated-at-two-applications',
      what: 'The IdP tells everybody the name of the first.',
      from: 'names: namesOf(participant), user',
      to: 'names: namesOf(run.legs[0]?.participant ?? participant), user',
    },
  ]),
  ...inFile('idp/slo/logout-drafts.ts', [
    {
      id: 'answer-to-itself',
      shownBy: 'logout/sp-initiated-by-a-careful-application',
      what: 'The IdP answers to a request of its own.',
      from: 'inResponseTo, status },',
      to: 'inResponseTo: header.id, status },',
    },
    {
      id: 'answer-for-the-entity',
      shownBy: 'logout/sp-initiated-by-a-careful-application',
      what: 'The IdP names the entity in the place of the address in its LogoutResponse.',
      from: 'destination: destinationOf(to), inResponseTo',
      to: 'destination: to.spEntityId, inResponseTo',
    },
    {
      id: 'request-for-the-entity',
      shownBy: 'logout/idp-initiated-at-two-applications',
      what: 'The IdP names the entity in the place of the address in its LogoutRequest.',
      from: 'destination: to.address,',
      to: 'destination: to.spEntityId,',
    },
    {
      id: 'relay-state-not-returned',
      shownBy: 'partners/relay-state-comes-back',
      what: 'The IdP answers without the RelayState.',
      from: `kind: 'LogoutResponse',\n    to,\n    relayState,`,
      to: `kind: 'LogoutResponse',\n    to,`,
    },
  ]),
  ...inFile('idp/slo/find-sessions.ts', [
    {
      id: 'idp-ignores-session-index',
      shownBy: 'partners/request-with-another-session-index',
      what: 'The IdP ends a session by any SessionIndex.',
      from: '(sessionIndexes.length === 0 || sessionIndexes.includes(participant.sessionIndex))',
      to: 'sessionIndexes.length >= 0',
    },
    {
      id: 'idp-needs-a-session-index',
      shownBy: 'partners/request-without-a-session-index',
      what: 'The IdP finds no session without a SessionIndex.',
      from: '(sessionIndexes.length === 0 || sessionIndexes.includes(participant.sessionIndex))',
      to: 'sessionIndexes.includes(participant.sessionIndex)',
    },
  ]),
  ...inFile('idp/sessions/name-id-match.ts', [
    {
      id: 'idp-ignores-format',
      shownBy: 'partners/request-with-another-format',
      what: 'The IdP finds a session by a name of another Format.',
      from: '(one.format ?? NAME_ID_FORMAT.unspecified) === (other.format ?? NAME_ID_FORMAT.unspecified) &&',
      to: `NAME_ID_FORMAT.unspecified !== '' &&`,
    },
    {
      id: 'idp-ignores-name-qualifier',
      shownBy: 'partners/request-with-a-name-qualifier',
      what: 'The IdP finds a session by a name with another NameQualifier.',
      from: 'one.nameQualifier === other.nameQualifier &&',
      to: '',
    },
    {
      id: 'idp-ignores-sp-name-qualifier',
      shownBy: 'partners/request-with-an-sp-name-qualifier',
      what: 'The IdP finds a session by a name with another SPNameQualifier.',
      from: 'one.spNameQualifier === other.spNameQualifier',
      to: 'one !== undefined',
    },
  ]),
  ...inFile('idp/inbox/signature-rules.ts', [
    {
      id: 'idp-verifies-nothing',
      shownBy: 'partners/answer-with-a-foreign-key',
      what: 'The IdP believes whatever a query is signed with.',
      from: `if (signature.kind === 'signed') verifyQuerySignature(`,
      to: 'if (signature.kind === undefined) verifyQuerySignature(',
    },
  ]),
  ...inFile('idp/inbox/sender-rules.ts', [
    {
      id: 'idp-takes-unsigned',
      shownBy: 'partners/request-unsigned',
      what: 'The IdP believes what nobody signed.',
      from: 'if (received.signed()) return',
      to: 'if (received.sp.get() !== undefined) return',
    },
    {
      id: 'idp-takes-sha-1',
      shownBy: 'partners/request-with-sha-1',
      what: 'The IdP believes SHA-1 where it was told not to.',
      from: 'if (weak === undefined) return',
      to: 'if (weak !== null) return',
    },
  ]),
  ...inFile('idp/inbox/message-rules.ts', [
    {
      id: 'idp-ignores-destination',
      shownBy: 'partners/request-for-the-login-address',
      what: 'The IdP takes a message for any Destination.',
      from: 'if (destination === ownUrl ||',
      to: 'if (destination !== undefined ||',
    },
  ]),
  ...inFile('idp/slo/logout-request-rules.ts', [
    {
      id: 'idp-takes-stale',
      shownBy: 'partners/request-of-an-hour-ago',
      what: 'The IdP acts on a LogoutRequest that was written long ago.',
      from: 'if (notOnOrAfter !== undefined || now < issueInstant + freshForMs + skewMs()) return',
      to: 'if (notOnOrAfter !== undefined || now > 0) return',
    },
  ]),
  ...inFile('idp/slo/logout-response-rules.ts', [
    {
      id: 'idp-takes-answers-for-others',
      shownBy: 'partners/answers-the-request-of-another',
      what: 'The IdP lets one participant answer for another.',
      from: 'if (asked === entityId) return',
      to: 'if (asked !== null) return',
    },
  ]),
  ...inFile('idp/directory/key-ring.ts', [
    {
      id: 'withdrawn-key-published',
      shownBy: 'signature/withdrawn-key',
      what: 'The IdP goes on to publish a key that it withdrew.',
      from: `hasWithdrawn: publish === 'newOnly'`,
      to: 'hasWithdrawn: false',
    },
  ]),
  ...inFile('idp/outbox/outbox.ts', [
    {
      id: 'signs-with-the-old-key',
      shownBy: 'signature/new-key-and-old-metadata',
      what: 'The IdP signs with the key before its present one.',
      from: 'signRedirectQuery(query, { credential: config.keys.signing() })',
      to: 'signRedirectQuery(query, { credential: config.keys.previous() ?? config.keys.signing() })',
    },
    {
      id: 'signs-by-another-algorithm',
      shownBy: 'logout/idp-initiated-at-two-applications',
      what: 'The IdP signs by SHA-512 and says SHA-256.',
      from: 'const signed = await signRedirectQuery(query, { credential: config.keys.signing() })',
      to: "const signing = { says: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', is: { digest: 'sha512' } }\n      const signed = await signRedirectQuery(query, { credential: { ...config.keys.signing(), signsWith: signing } })",
    },
  ]),
]
