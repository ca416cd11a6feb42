import type { Row } from './operation.ts'

/**
 * Every operation of the control API, once (`spec/contract.md` §2): routes, OpenAPI, both clients and the reference page are made from these rows. What an
 * operation takes and does is loaded when it is first asked for, so that the table costs a start nothing.
 */
export const table = {
  ready: {
    method: 'GET',
    path: '/ready',
    library: 'ready',
    says: 'Says whether keys, metadata and realms are loaded, and if not (503) what is missing.',
    load: async () => (await import('./process-operations.ts')).ready,
  },
  listSessions: {
    method: 'GET',
    path: '/idp/sessions',
    library: 'idp.sessions.list',
    says: 'Lists who is signed in at the IdP, and where.',
    load: async () => (await import('./session-operations.ts')).listSessions,
  },
  mint: {
    method: 'POST',
    path: '/idp/messages',
    library: 'idp.mint',
    says: 'Writes a message as the IdP would and sends it nowhere: its address, form or envelope is for the caller to deliver. No session ends.',
    load: async () => (await import('./mint-operation.ts')).mint,
  },
} as const satisfies Readonly<Record<string, Row>>

export type Table = typeof table
