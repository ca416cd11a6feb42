import { quantileOf } from '../measure.ts'

/** What an engine says of itself. */
export interface Engine {
  /** Sums since it began, and what it holds now. */
  totals(): Promise<EngineTotals>
  /** How many commands come over the sockets while this is done, those aside that ask for figures. */
  countSent(work: () => Promise<void>): Promise<number>
  /** Of each kind of key: how many there are, and octets of one by `MEMORY USAGE`, the median of some of them. */
  kinds(): Promise<ReadonlyMap<string, Kind>>
  close(): Promise<void>
}

export interface EngineTotals {
  /** Commands, those that scripts run among them. */
  readonly commands: number
  readonly scripts: number
  readonly octetsIn: number
  readonly octetsOut: number
  readonly usedMemory: number
  /** Of its processor time, of all its threads. */
  readonly seconds: number
}

export interface Kind {
  readonly count: number
  readonly octets: number
}

const mostLookedAt = 50

export async function openEngine(url: string): Promise<Engine> {
  const { createClient } = await import('redis')
  const client = await createClient({ url }).connect()
  const info = async (section: string) => facts(await client.info(section))
  return {
    async totals() {
      const [commands, stats, memory, cpu] = [
        await info('commandstats'),
        await info('stats'),
        await info('memory'),
        await info('cpu'),
      ]
      const calls = [...commands].filter(([name]) => !own.includes(name)).map(([, text]) => callsOf(text))
      return {
        commands: calls.reduce((sum, each) => sum + each, 0),
        scripts: callsOf(commands.get('cmdstat_evalsha') ?? ''),
        octetsIn: Number(stats.get('total_net_input_bytes')),
        octetsOut: Number(stats.get('total_net_output_bytes')),
        usedMemory: Number(memory.get('used_memory')),
        seconds: Number(cpu.get('used_cpu_sys')) + Number(cpu.get('used_cpu_user')),
      }
    },
    async countSent(work) {
      const watching = await client.duplicate().connect()
      let sent = 0
      // What a script does is marked by `lua`.
      await watching.monitor((line) => {
        const text = line.toString()
        if (!/^\S+ \[\d+ lua\]/.test(text) && !text.endsWith('"PING"')) sent++
      })
      await work()
      // A command behind all others: once it is seen, all were.
      await client.ping()
      watching.destroy()
      return sent
    },
    async kinds() {
      const seen = new Map<string, { count: number; readonly octets: number[] }>()
      for await (const keys of client.scanIterator({ MATCH: 'sloop:*', COUNT: 1_000 })) {
        for (const key of keys) {
          const kind = key.replace(/^sloop:\{main\}:/, '').replace(/([=~]).*$/s, '$1')
          const one = seen.get(kind) ?? { count: 0, octets: [] }
          seen.set(kind, one)
          one.count++
          if (one.octets.length < mostLookedAt) one.octets.push((await client.memoryUsage(key)) ?? 0)
        }
      }
      return new Map([...seen].map(([kind, { count, octets }]) => [kind, { count, octets: quantileOf(octets, 0.5) }]))
    },
    close: () => client.close(),
  }
}

const own = ['info', 'ping', 'scan', 'monitor', 'hello', 'client|setinfo', 'memory|usage'].map(
  (name) => `cmdstat_${name}`,
)

/** The lines `name:value` of an answer to INFO. */
function facts(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\r\n').flatMap((line) => {
      const at = line.indexOf(':')
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const]
    }),
  )
}

const callsOf = (text: string): number => Number(/^calls=(\d+)/.exec(text)?.[1] ?? 0)
