import type { Ledger } from '../ledger/write-ledger.ts'
import type { World } from '../world/world.ts'
import type { Operations } from './client.ts'
import { ControlError } from './control-error.ts'

/** The ledger of one logout, or of all those of a user. */
export interface AskForLedger {
  (of: { readonly logout: string }): Promise<Ledger>
  (of: { readonly user: string }): Promise<{ readonly ledgers: readonly Ledger[] }>
}

/** The operations, of which the one that makes a lab answers all of it. */
export interface Control extends Omit<Operations, 'labs' | 'ledger'> {
  readonly ledger: AskForLedger
  readonly labs: Omit<Operations['labs'], 'create'> & { create(world?: World): Promise<LabOfServer> }
}

/** A lab that a server runs: all operations on it, and where its parties are. */
export interface LabOfServer extends Control, AsyncDisposable {
  readonly id: string
  readonly idpUrl: string
  readonly esUrl: string
  /** The first application's; empty where none runs, as all of them. */
  readonly appUrl: string
  readonly applicationUrls: Readonly<Record<string, string>>
  readonly partnerUrls: Readonly<Record<string, string>>
  /** Removes it; that it has gone already is no failure. */
  close(): Promise<void>
}

/** These operations; what is made by `labs.create` is opened by `open`. */
export function withLabs(operations: Operations, open: (id: string) => Control): Control {
  const { labs, ledger } = operations
  async function create(world: World = {}): Promise<LabOfServer> {
    const { id, idp = '', es = '', app = '', applications, partners } = await labs.create(world)
    const close = () => labs.remove(id).catch(unlessGone)
    const places = { idpUrl: idp, esUrl: es, appUrl: app, applicationUrls: applications, partnerUrls: partners }
    return { ...open(id), id, ...places, close, [Symbol.asyncDispose]: close }
  }
  return { ...operations, labs: { ...labs, create }, ledger: ledger as AskForLedger }
}

function unlessGone(error: unknown): undefined {
  if (error instanceof ControlError && error.type === 'noSuchLab') return undefined
  throw error
}
