/** What a parameter of the query is for. */
export const parameterRoles = ['message', 'relayState', 'sigAlg', 'signature', 'extra'] as const

/** One parameter of a query, `name=value`, in the form that is signed and in the form that is sent. */
export interface Parameter {
  readonly role: (typeof parameterRoles)[number]
  readonly signed: string
  readonly sent: string
}
