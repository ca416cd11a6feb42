import { reservedParameters } from '#saml/bindings/redirect-rules'
import type { Presented } from '#saml/rules/presented'
import { isPlainDocument, messageParameters } from './document-in.ts'
import { checkOneMessage } from './two-messages.ts'

/** Parameters as they were sent, and where. */
interface Sent {
  readonly parameters: string
  readonly address?: string | undefined
}

/**
 * The message in a query, its parameters octet for octet as they were.
 * @throws ConfigError when there are two
 */
export function inQuery({ parameters, address }: Sent): Presented {
  checkOneMessage(namesIn(parameters), 'the query')
  return { carrier: 'query', queryString: parameters, address }
}

/**
 * The message in the body of a form, with its RelayState and nothing else.
 * @throws ConfigError when there are two
 */
export function inForm({ parameters, address }: Sent): Presented {
  checkOneMessage(namesIn(parameters), 'the form')
  const values = new URLSearchParams(parameters)
  const fields = [...messageParameters, 'RelayState'].flatMap((name) => {
    const value = values.get(name)
    return value === null ? [] : [[name, value]]
  })
  return { carrier: 'form', fields: Object.fromEntries(fields), address }
}

/** Whether parameters that nobody says the place of are the body of a form: the message of a query is deflated (saml-bindings-2.0 §3.4.4.1), and of a form not. */
export function isFormBody(parameters: string): boolean {
  const values = new URLSearchParams(parameters)
  return messageParameters.some((name) => isPlainDocument(values.get(name)?.replaceAll(' ', '+') ?? ''))
}

export const hasMessage = (parameters: string): boolean =>
  namesIn(parameters).some((name) => (messageParameters as readonly string[]).includes(name))

/** The parameters that SAML defines, octet for octet, and no other. */
export function samlParametersOf(query: string): string {
  const isTaken = (name: string) => (reservedParameters as readonly string[]).includes(name)
  return query
    .split('&')
    .filter((raw) => isTaken(nameOf(raw)))
    .join('&')
}

const namesIn = (query: string): string[] => query.split('&').map(nameOf)

function nameOf(raw: string): string {
  const [name = ''] = raw.split('=', 1)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
