import { authoritiesBeside } from '../keys/trusted-authorities.ts'
import { makeControl } from './client.ts'
import { type Control, withLabs } from './labs-of.ts'
import { carryOverHttp } from './over-http.ts'

export interface ConnectOptions {
  /** What `--control-token` says there. */
  readonly token?: string | undefined
  /** The authority, in PEM, to trust at an https address beside those of Node: what the file holds that `--json` names as `ca`. */
  readonly ca?: string | undefined
}

/** A running sloop, by its control API: all of a lab but its start. */
export interface RemoteLab extends Control, AsyncDisposable {
  /** Disconnects; what runs there runs on. */
  close(): Promise<void>
}

/**
 * The operations of a running sloop, at the address of any of its roles. `*.localhost` is the loopback address.
 * @throws TypeError when that is no http or https address, or the authority no PEM; each call throws ControlError as it does in process, or Error when nobody answers
 */
export function connect(url: string, options: ConnectOptions = {}): RemoteLab {
  const { token, ca } = options
  const base = URL.canParse(url) ? new URL(url) : undefined
  if (base === undefined || !['http:', 'https:'].includes(base.protocol)) {
    throw new TypeError(`connect: [${url}] is no address that begins with http:// or https://`)
  }
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw new TypeError('connect: ca: expected certificates in PEM, the text itself and not the name of a file')
  }
  const at = `${base.origin}${base.pathname.replace(/\/+$/, '')}`
  const tls = ca === undefined ? undefined : { ca: authoritiesBeside(ca, undefined) }
  const operations = makeControl(carryOverHttp({ at, token, tls }))
  const control = withLabs(operations, (id) => connect(`${at}/labs/${id}`, options))
  const close = async () => undefined
  return { ...control, close, [Symbol.asyncDispose]: close }
}
