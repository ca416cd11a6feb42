import { ConfigError } from '#server/config-error'
import { ControlError } from '../control/control-error.ts'
import type { Row } from '../control/operation.ts'
import { carryOverHttp } from '../control/over-http.ts'
import { streamed } from '../control/streamed.ts'
import type { Cli } from './cli.ts'
import { ourAuthority } from './our-authority.ts'

/** Where `sloop up` is when nobody says otherwise. */
const usualAddress = 'http://idp.localhost:7070'

/** A server that runs, as the flags of a command name it. */
export interface ControlServer {
  /** The address of a role, or of a lab. */
  readonly at?: string | undefined
  readonly token?: string | undefined
  /** Where the authority of `--tls` is kept, and what else is trusted. */
  readonly cli?: Pick<Cli, 'keysCache' | 'environment'>
}

export interface ControlCall {
  readonly row: Row
  /** What its path names. */
  readonly key?: string
  readonly given: unknown
}

/**
 * Calls an operation of the control API and answers its JSON; undefined where it answers nothing.
 * @throws ConfigError with the sentence of the API where it refuses, or one that says why nobody was reached.
 */
export async function callControl(
  { at = usualAddress, token, cli = {} }: ControlServer,
  { row, key = '', given }: ControlCall,
): Promise<unknown> {
  const carry = carryOverHttp({ at, token, tls: ourAuthority(cli) })
  try {
    return await carry.call(row, { key, given })
  } catch (cause) {
    throw inASentence(cause)
  }
}

/**
 * What a streamed operation tells, until `stop`.
 * @throws ConfigError as `callControl`, and where it ended though nobody stopped it
 */
export async function* followControl(
  { at = usualAddress, token, cli }: ControlServer & { readonly cli: Pick<Cli, 'keysCache' | 'environment' | 'stop'> },
  { row, key = '', given }: ControlCall,
): AsyncGenerator<object> {
  const carry = carryOverHttp({ at, token, tls: ourAuthority(cli) })
  const stream = streamed<object>((signal) => carry.stream(row, { key, given }, AbortSignal.any([signal, cli.stop])))
  try {
    yield* stream
  } catch (cause) {
    if (!cli.stop.aborted) throw inASentence(cause)
  } finally {
    await stream.return()
  }
  if (!cli.stop.aborted) throw new ConfigError(`${at}: the stream has ended, since sloop or the lab there was closed`)
}

const inASentence = (cause: unknown): ConfigError =>
  new ConfigError(cause instanceof ControlError ? refusalIn(cause) : notReached(cause as Error), { cause })

/** `noSuchSession: session: there is no session [s]`. */
const refusalIn = ({ type, message }: ControlError): string =>
  type === 'notUnderstood' ? message : `${type}: ${message}`

const notReached = ({ message }: Error): string =>
  `${message}. Is sloop running there? It is started by [sloop up], and --at says where it is`
