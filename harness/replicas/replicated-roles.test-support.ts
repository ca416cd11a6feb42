import { connect } from '../control/connect.ts'
import type { Front, InFront, RoleOptions } from '../roles/role-options.ts'
import { startRoles } from '../roles/roles.ts'
import type { StartedRoles } from '../roles/start.ts'
import { type RoundRobin, type Seen, startRoundRobin } from './round-robin.test-support.ts'

interface Replicated extends Partial<Seen> {
  /** The address of an engine with nothing in it. */
  readonly store: string
  readonly replicas?: number
  /** The last replica shares nothing. */
  readonly lastIsApart?: boolean
}

/** Roles that run several times. Whoever calls a party, other parties and the control API among them, reaches another replica with each request. */
export interface ReplicatedRoles extends StartedRoles {
  /** Stops each replica, and starts another in its place, in turn. */
  replaceEach(): Promise<void>
}

/** Starts roles as replicas in this process over one engine. */
export async function startReplicatedRoles(
  options: RoleOptions,
  { store, replicas = 3, lastIsApart = false, onAnswer = () => undefined }: Replicated,
): Promise<ReplicatedRoles> {
  const inFronts = openBalancers({ onAnswer, outer: options.inFront })
  const start = async (own: RoleOptions) => {
    const { inFront, join, leave } = inFronts.ofReplica()
    const roles = await startRoles({ ...options, ...own, inFront })
    join()
    return { ...roles, close: () => roles.close().finally(leave) }
  }
  const first = await start({ store })
  const apart = { publicUrls: urlsOf(first) }
  const others = Array.from({ length: replicas - 1 }, (_, index) =>
    start(lastIsApart && index === replicas - 2 ? apart : { store }),
  )
  const running = [first, ...(await Promise.all(others))]
  return {
    ...first,
    control: connect(`http://127.0.0.1:${inFronts.anyPort()}`),
    async replaceEach() {
      for (const place of running.keys()) {
        await running[place]?.close()
        running[place] = await start({ store })
      }
    },
    async close() {
      inFronts.letGo()
      await Promise.all(running.map((replica) => replica.close()))
      await inFronts.close()
    },
  }
}

interface Balancer extends RoundRobin {
  /** Whoever else stands in front of the party. */
  readonly outer: Front | undefined
}

/** One in front of each party, from when its first replica opens. */
function openBalancers({ onAnswer, outer }: Seen & { readonly outer: InFront | undefined }) {
  const balancers = new Map<string, Balancer>()
  const open: InFront = async (party) => {
    const balancer = await startRoundRobin({ onAnswer })
    const front = await outer?.({ ...party, port: balancer.port })
    balancers.set(party.name, { ...balancer, outer: front })
    return { port: front?.port ?? balancer.port, letGo: () => undefined, close: async () => undefined }
  }
  return {
    anyPort: () => [...balancers.values()][0]?.port,
    ofReplica() {
      const ports = new Map<string, number>()
      const each = (act: (ready: Set<number>, port: number) => void) => () => {
        for (const [name, { ready }] of balancers) act(ready, ports.get(name) ?? 0)
      }
      const inFront: InFront = async (party) => {
        ports.set(party.name, party.port)
        // Of further replicas the address is in the store.
        return balancers.has(party.name) ? undefined : open(party)
      }
      return {
        inFront,
        join: each((ready, port) => ready.add(port)),
        leave: each((ready, port) => ready.delete(port)),
      }
    },
    letGo: () => balancers.forEach(({ outer: front }) => void front?.letGo()),
    async close() {
      await Promise.all([...balancers.values()].map(({ outer: front }) => front?.close()))
      balancers.forEach((balancer) => void balancer.close())
    },
  }
}

function urlsOf({ idpUrl, esUrl, applicationUrls, partnerUrls }: StartedRoles): Record<string, string> {
  return { ...(idpUrl && { idp: idpUrl }), ...(esUrl && { es: esUrl }), ...applicationUrls, ...partnerUrls }
}
