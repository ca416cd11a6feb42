import type { Row } from './operation.ts'

/** The operations of Elasticsearch: rows of the table. */
export const elasticsearchRows = {
  listTokens: {
    method: 'GET',
    path: '/es/tokens',
    library: 'es.tokens.list',
    says: 'Lists the pairs of tokens that Elasticsearch still knows, oldest first, without their secrets.',
    load: async () => (await import('./token-operations.ts')).listTokens,
  },
  issueTokens: {
    method: 'POST',
    path: '/es/tokens',
    library: 'es.tokens.issue',
    says: 'Issues a pair as after a SAML login with these values: a LogoutRequest with the same identifiers ends it.',
    load: async () => (await import('./token-operations.ts')).issueTokens,
  },
  endTokens: {
    method: 'DELETE',
    path: '/es/tokens/{id}',
    library: 'es.tokens.end',
    says: 'Ends both tokens of a pair silently; what had ended before stays as it was.',
    load: async () => (await import('./token-operations.ts')).endTokens,
  },
} as const satisfies Readonly<Record<string, Row>>
