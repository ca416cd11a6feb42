import { inFile, type Sabotage } from './sabotage.ts'

/** The application and the partner. */
export const ofServiceProviders: readonly Sabotage[] = [
  ...inFile('sp-emulator/webapp/logout/end-session.ts', [
    {
      id: 'application-keeps-its-session',
      shownBy: 'browser/copied-cookie',
      what: 'The application clears the cookie and keeps the session.',
      from: 'const hasEnded = await sessions.destroy(stored.id)',
      to: 'const hasEnded = (await sessions.find(stored.id)) !== undefined',
    },
  ]),
  ...inFile('sp-emulator/webapp/logout/decide-logout.ts', [
    {
      id: 'application-overlooks-requests',
      shownBy: 'logout/idp-initiated-at-two-applications',
      what: 'The application takes a LogoutRequest for the wish of its user.',
      from: `if (carries(query, 'SAMLRequest')) {`,
      to: `if (session === undefined && carries(query, 'SAMLRequest')) {`,
    },
    {
      id: 'application-asks-the-first-realm',
      shownBy: 'realms/second-idp-with-a-session',
      what: 'The application asks its first realm, wherever the session came from.',
      from: 'providers.find(({ name }) => name === session.provider)',
      to: 'providers.find(({ name }) => name !== undefined)',
    },
    {
      id: 'application-gives-no-tokens',
      shownBy: 'logout/back-to-the-selector',
      what: 'The application asks for a logout without tokens.',
      from: `return { kind: 'tell-idp', tokens }`,
      to: `return { kind: 'tell-idp', tokens: undefined }`,
    },
  ]),
  ...inFile('sp-emulator/webapp/logout/complete-logout.ts', [
    {
      id: 'careful-application-believes-all',
      shownBy: 'answer/tampered',
      what: 'A careful application believes what Elasticsearch refused.',
      from: 'ids: [id] }).catch(refuse)',
      to: 'ids: [id] }).catch(() => undefined)',
    },
    {
      id: 'careful-application-believes-answers-to-nothing',
      shownBy: 'answer/in-response-to-nothing',
      what: 'A careful application believes an answer to nothing.',
      from: 'if (passesForAny) throw',
      to: 'if (passesForAny === undefined) throw',
    },
  ]),
  ...inFile('sp-emulator/webapp/logout/answer-logout-request.ts', [
    {
      id: 'careful-application-ends-first',
      shownBy: 'logout/tampered-logout-request-to-a-careful-application',
      what: 'A careful application ends its session before anybody has judged the LogoutRequest.',
      from: 'const answered = await invalidate(input, parts)',
      to: 'if (input.stored !== undefined) await endSession(input.stored, parts)\n  const answered = await invalidate(input, parts)',
    },
    {
      id: 'careful-application-ends-any',
      shownBy: 'principal/other-user-in-the-browser-of-a-careful-application',
      what: 'A careful application ends the session of somebody else.',
      from: `return lookup.kind !== 'signed-in'`,
      to: 'return lookup.kind !== undefined',
    },
  ]),
  ...inFile('sp-emulator/webapp/routes/logout.tsx', [
    {
      id: 'application-encodes-anew',
      shownBy: 'signature/lower-case-escapes',
      what: 'The application decodes the query and encodes it anew.',
      from: 'const queryString = rawQuery(c.req.raw, c.env)\n    const address',
      to: 'const queryString = new URLSearchParams(rawQuery(c.req.raw, c.env)).toString()\n    const address',
    },
  ]),
  ...inFile('sp-emulator/partner/answer-logout-request.ts', [
    {
      id: 'partner-keeps-its-session',
      shownBy: 'partners/portal-logs-out-of-both',
      what: 'The partner ends nothing.',
      from: `if (conduct.ends === 'none') return false`,
      to: `if (conduct.ends !== 'that of the cookie') return false`,
    },
  ]),
  ...inFile('sp-emulator/partner/sessions.ts', [
    {
      id: 'partner-finds-no-session-index',
      shownBy: 'partners/portal-logs-out-of-both',
      what: 'The partner finds no session by its SessionIndex.',
      from: `sessionIndexes.includes(sessionIndex ?? '')`,
      to: `sessionIndexes.includes(sessionIndex + ' ')`,
    },
  ]),
  ...inFile('sp-emulator/partner/finish-logout.ts', [
    {
      id: 'partner-overlooks-partial-logout',
      shownBy: 'partners/told-of-a-partial-logout',
      what: 'The partner says that all have logged out where some have not.',
      from: `return status[1] === partialLogout ? 'partial' : 'confirmed'`,
      to: `return status[1] === success ? 'partial' : 'confirmed'`,
    },
  ]),
  ...inFile('sp-emulator/partner/start-logout.ts', [
    {
      id: 'partner-stays-signed-in',
      shownBy: 'partners/partner-starts-the-logout',
      what: 'The partner asks for a logout and keeps its own session.',
      from: `endSession(parts, session, { endedBy: 'page' })`,
      to: 'void endSession',
    },
  ]),
  ...inFile('sp-emulator/partner/saml/write-logout-response.ts', [
    {
      id: 'partner-answers-another-request',
      shownBy: 'partners/portal-logs-out-of-both',
      what: 'The partner answers a request that nobody made.',
      from: `const id = conduct.inResponseTo === 'the request' ? request.id : parts.newId()`,
      to: 'const id = parts.newId()',
    },
  ]),
]
