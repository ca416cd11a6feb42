import { signingAlgorithm, signOctets } from '#saml/signature/query-signature'
import type { Draft } from '../outbox/draft.ts'
import type { Signing } from './change-row.ts'
import { type Encoder, encodeParameter } from './encoder.ts'
import type { Parameter } from './parameter.ts'

interface How {
  readonly signing: Signing
  readonly encoder: Encoder
}

/** From parameters to signed parameters: SigAlg and Signature behind them, over what is wanted. */
export async function signChangedQuery(
  parameters: readonly Parameter[],
  draft: Draft,
  { signing, encoder }: How,
): Promise<readonly Parameter[]> {
  if (signing.query === 'none') return parameters
  const { credential } = signing
  const sigAlg = encodeParameter(encoder, { role: 'sigAlg', name: 'SigAlg', value: signingAlgorithm(credential) })
  if (signing.query === 'partial') return [...parameters, sigAlg]
  const right = await signOctets(octetsOf([...parameters, sigAlg], draft, signing), credential)
  const value = signing.tampered === 'signature' ? otherSignature(right) : right
  return [...parameters, sigAlg, encodeParameter(encoder, { role: 'signature', name: 'Signature', value })]
}

function octetsOf(parameters: readonly Parameter[], { relayState }: Draft, { query }: Signing): string {
  const join = (parts: readonly Parameter[]) => parts.map(({ signed }) => signed).join('&')
  switch (query) {
    case 'messageOnly':
      return join(parameters.filter(({ role }) => role === 'message'))
    case 'withoutRelayState':
      return join(parameters.filter(({ role }) => role !== 'relayState'))
    case 'rawRelayState':
      return join(
        parameters.map((each) => (each.role === 'relayState' ? { ...each, signed: `RelayState=${relayState}` } : each)),
      )
    default:
      return join(parameters)
  }
}

/** Base64 of as many octets, of which the first is another. */
export function otherSignature(base64: string): string {
  const octets = Buffer.from(base64, 'base64')
  octets.writeUInt8(octets.readUInt8(0) ^ 1)
  return octets.toString('base64')
}
