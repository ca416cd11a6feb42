import { SamlError } from '#saml/errors'
import { ConfigError } from '#server/config'
import { ClockError } from '#server/movable-clock'
import { NoSuch } from '#server/no-such'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { MintRefusal, NotThere, Refused } from '../../idp/index.ts'
import { FaultMistake } from '../faults/fault-mistake.ts'
import { MissingRole } from '../labs/refuse-missing-role.ts'
import { ControlError, controlError, type ErrorType, nothingThere } from './control-error.ts'

/** What a party says of what it was asked to do, as the control API says it. */
export function asControlError(error: unknown): unknown {
  if (error instanceof NotThere) return nothingThere(types[error.what], error)
  if (error instanceof NoSuch) return absent(error)
  if (error instanceof MissingRole) return noRole(error)
  if (error instanceof ClockError || error instanceof FaultMistake) return controlError('invalid', error.message, error)
  if (error instanceof Refused)
    return controlError('refused', error.message, { ...brief(error.facts), code: error.code })
  if (error instanceof SamlError)
    return controlError('refused', error.message, { ...brief(error.facts), code: error.code })
  if (error instanceof MintRefusal) return ofMint(error)
  if (error instanceof StoreUnavailable) return controlError('storeUnavailable', error.message)
  if (error instanceof ConfigError) return invalid(error.message)
  return error
}

const types: Readonly<Record<NotThere['what'], ErrorType>> = {
  user: 'noSuchUser',
  session: 'noSuchSession',
  'service provider': 'noSuchServiceProvider',
  logout: 'noSuchLogout',
}

/** Its type is one of ours: every party that throws it is asked by an operation. */
function absent({ type, message, path, expected, actual }: NoSuch) {
  return controlError(type as ErrorType, message, { path, ...brief({ expected, actual }) })
}

/** It says what nobody here can be, not what is not there: of a world and not of a path (`spec/contract.md` §2.9). */
function noRole({ message, path, role, running }: MissingRole) {
  return new ControlError('noSuchParty', message, { status: 422, path, expected: running, actual: role })
}

/** What names something that is not there is 404, a change that this message cannot take 409, what cannot be written 400. */
function ofMint({ type, message, path, expected, actual }: MintRefusal): ControlError {
  const status = type.startsWith('noSuch') ? 404 : type === 'notMade' ? 409 : 400
  return new ControlError(type, message, { path, expected, actual, status })
}

/** A sentence that begins with the dotted path of what it is about. */
function invalid(sentence: string) {
  const [, path] = /^([\w-]+(?:\[\d+\]|\.[\w-]+)*): /.exec(sentence) ?? []
  return controlError('invalid', sentence, { path })
}

interface Facts {
  readonly expected?: unknown
  readonly actual?: unknown
}

function brief({ expected, actual }: Facts): Facts {
  return { expected: shortened(expected), actual: shortened(actual) }
}

const shortened = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, 256) : value)
