import { connect } from '../control/connect.ts'
import type { Front, InFront, RoleOptions } from '../roles/role-options.ts'
import { startRoles } from '../roles/roles.ts'
import type { StartedRoles } from '../roles/start.ts'
import { type RoundRobin, startRoundRobin } from './round-robin.test-support.ts'

interface Replicated {
  /** The address of an engine with nothing in it. */
  readonly store: string
  /** The last replica shares nothing. */
  readonly lastIsApart?: boolean
}

/** Starts roles as three replicas in this process over one engine. Whoever calls a party, other parties and the control API among them, reaches another replica with each request. */
export async function startReplicatedRoles(
  options: RoleOptions,
  { store, lastIsApart = false }: Replicated,
): Promise<StartedRoles> {
  const balancers = createBalancers(options.inFront)
  const start = async (own: RoleOptions) => {
    const ports = new Map<string, number>()
    const inFront: InFront = async (party) => {
      ports.set(party.name, party.port)
      return balancers.openUnlessThere(party)
    }
    const roles = await startRoles({ ...options, ...own, inFront })
    balancers.add(ports)
    return roles
  }
  const first = await start({ store })
  const others = await Promise.all([start({ store }), start(lastIsApart ? { publicUrls: urlsOf(first) } : { store })])
  return {
    ...first,
    control: connect(`http://127.0.0.1:${balancers.anyPort()}`),
    async close() {
      balancers.letGo()
      await Promise.all([first, ...others].map((replica) => replica.close()))
      await balancers.close()
    },
  }
}

interface Balancer extends RoundRobin {
  /** Whoever else stands in front of the party. */
  readonly front: Front | undefined
}

/** One in front of each party, from when its first replica opens. */
function createBalancers(outer: InFront | undefined) {
  const balancers = new Map<string, Balancer>()
  const all = () => [...balancers.values()]
  const openUnlessThere: InFront = async (party) => {
    // The address of the party is in the store.
    if (balancers.has(party.name)) return undefined
    const balancer = await startRoundRobin({ onAnswer: () => undefined })
    const front = await outer?.({ ...party, port: balancer.port })
    balancers.set(party.name, { ...balancer, front })
    return { port: front?.port ?? balancer.port, letGo: () => undefined, close: async () => undefined }
  }
  return {
    openUnlessThere,
    anyPort: () => all()[0]?.port,
    /** Where a replica listens that is ready. */
    add: (ports: ReadonlyMap<string, number>) => {
      for (const [name, port] of ports) balancers.get(name)?.ready.add(port)
    },
    letGo: () => all().forEach(({ front }) => void front?.letGo()),
    async close() {
      await Promise.all(all().map(({ front }) => front?.close()))
      all().forEach((balancer) => void balancer.close())
    },
  }
}

function urlsOf({ idpUrl, esUrl, applicationUrls, partnerUrls }: StartedRoles): Record<string, string> {
  return { ...(idpUrl && { idp: idpUrl }), ...(esUrl && { es: esUrl }), ...applicationUrls, ...partnerUrls }
}
