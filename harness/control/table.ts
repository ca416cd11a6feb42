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
  world: {
    method: 'GET',
    path: '/world',
    library: 'world',
    says: 'Describes the parties that run here: names, addresses, entity ids, endpoints, certificates, versions.',
    load: async () => (await import('./process-operations.ts')).world,
  },
  reset: {
    method: 'POST',
    path: '/reset',
    library: 'reset',
    says: 'Makes everything as after the start: users, service providers, sessions, logouts, behaviour, keys.',
    load: async () => (await import('./process-operations.ts')).reset,
  },
  listUsers: {
    method: 'GET',
    path: '/idp/users',
    library: 'idp.users.list',
    says: 'Lists who can sign in.',
    load: async () => (await import('./user-operations.ts')).listUsers,
  },
  putUser: {
    method: 'PUT',
    path: '/idp/users/{name}',
    library: 'idp.users.put',
    says: 'Adds a user, or replaces the one of this name.',
    load: async () => (await import('./user-operations.ts')).putUser,
  },
  deleteUser: {
    method: 'DELETE',
    path: '/idp/users/{name}',
    library: 'idp.users.delete',
    says: 'Removes a user; sessions stay.',
    load: async () => (await import('./user-operations.ts')).deleteUser,
  },
  listServiceProviders: {
    method: 'GET',
    path: '/idp/service-providers',
    library: 'idp.serviceProviders.list',
    says: 'Lists the service providers that the IdP trusts.',
    load: async () => (await import('./service-provider-operations.ts')).listServiceProviders,
  },
  addServiceProvider: {
    method: 'POST',
    path: '/idp/service-providers',
    library: 'idp.serviceProviders.add',
    says: 'Trusts a service provider, by its metadata or by hand, or replaces the one of this entity id.',
    load: async () => (await import('./service-provider-operations.ts')).addServiceProvider,
  },
  removeServiceProvider: {
    method: 'DELETE',
    path: '/idp/service-providers/{entityId}',
    library: 'idp.serviceProviders.remove',
    says: 'Trusts a service provider no more.',
    load: async () => (await import('./service-provider-operations.ts')).removeServiceProvider,
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
  signIn: {
    method: 'POST',
    path: '/idp/sessions',
    library: 'idp.signIn',
    says: 'Signs a user in at a service provider without a browser; answers the form that is to be posted there, and the cookie for a browser.',
    load: async () => (await import('./session-operations.ts')).signIn,
  },
  endSession: {
    method: 'DELETE',
    path: '/idp/sessions/{id}',
    library: 'idp.sessions.end',
    says: 'Ends a session silently: nobody is told.',
    load: async () => (await import('./session-operations.ts')).endSession,
  },
  startLogout: {
    method: 'POST',
    path: '/idp/logouts',
    library: 'idp.logouts.start',
    says: 'Ends a session now, asks by SOAP now, and answers the address that a browser opens for the rest.',
    load: async () => (await import('./logout-operations.ts')).startLogout,
  },
  listLogouts: {
    method: 'GET',
    path: '/idp/logouts',
    library: 'idp.logouts.list',
    says: 'Lists the logouts that are still known, with what each participant said.',
    load: async () => (await import('./logout-operations.ts')).listLogouts,
  },
  getLogout: {
    method: 'GET',
    path: '/idp/logouts/{id}',
    library: 'idp.logouts.get',
    says: 'Tells how far a logout has come.',
    load: async () => (await import('./logout-operations.ts')).getLogout,
  },
  getBehaviour: {
    method: 'GET',
    path: '/idp/behaviour',
    library: 'idp.behaviour.get',
    says: 'Tells how the IdP behaves: the block idp of the world.',
    load: async () => (await import('./behaviour-operations.ts')).getBehaviour,
  },
  changeBehaviour: {
    method: 'PATCH',
    path: '/idp/behaviour',
    library: 'idp.behaviour.change',
    says: 'Changes how the IdP behaves, from the next message on; what is not said stays.',
    load: async () => (await import('./behaviour-operations.ts')).changeBehaviour,
  },
  listKeys: {
    method: 'GET',
    path: '/idp/keys',
    library: 'idp.keys.list',
    says: 'Lists the published keys of the IdP, the one that signs first of all.',
    load: async () => (await import('./key-operations.ts')).listKeys,
  },
  rotateKey: {
    method: 'POST',
    path: '/idp/keys',
    library: 'idp.keys.rotate',
    says: 'Introduces a new key, which signs at once, or is announced.',
    load: async () => (await import('./key-operations.ts')).rotateKey,
  },
} as const satisfies Readonly<Record<string, Row>>

export type Table = typeof table
