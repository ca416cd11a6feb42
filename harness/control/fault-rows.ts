import type { Row } from './operation.ts'

/** The operations of faults and changes: rows of the table. */
export const faultRows = {
  listFaults: {
    method: 'GET',
    path: '/faults',
    library: 'faults.list',
    says: 'Lists the faults that are armed or used up, oldest first, and how often each has fired.',
    load: async () => (await import('./fault-operations.ts')).listFaults,
  },
  armFault: {
    method: 'POST',
    path: '/faults',
    library: 'faults.arm',
    says: 'Arms a change for messages that the IdP or a partner sends: the first armed that matches, and is not used up, acts on a message.',
    load: async () => (await import('./fault-operations.ts')).armFault,
  },
  disarmFault: {
    method: 'DELETE',
    path: '/faults/{id}',
    library: 'faults.disarm',
    says: 'Disarms a fault and forgets it.',
    load: async () => (await import('./fault-operations.ts')).disarmFault,
  },
  disarmAll: {
    method: 'DELETE',
    path: '/faults',
    library: 'faults.disarmAll',
    says: 'Disarms all faults and forgets them.',
    load: async () => (await import('./fault-operations.ts')).disarmAll,
  },
  listChanges: {
    method: 'GET',
    path: '/changes',
    library: 'faults.changes',
    says: 'Lists what can be wrong about a message on purpose.',
    load: async () => (await import('./change-operations.ts')).listChanges,
  },
} as const satisfies Readonly<Record<string, Row>>
