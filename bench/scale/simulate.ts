/** Who works at a step. Of each there is one process, of replicas as many as are set; a process does one thing at a time. */
export type Worker = 'client' | 'replica' | 'engine'

export interface Step {
  readonly at: Worker
  readonly ms: number
}

export interface Setting {
  /** Processors; what others take of them makes each slower, evenly. */
  readonly cores: number
  readonly takenByOthers?: number
  readonly replicas: number
  /** How many people are under way at once: each begins again as soon as one is through. */
  readonly atOnce: number
  /** What one does, step by step; each request goes to the next replica. */
  readonly steps: readonly Step[]
}

export interface Predicted {
  readonly perSecond: number
  /** From the first step to the last. */
  readonly meanMs: number
  /** Who is busy all the time, or is nearest to it. */
  readonly busiest: Worker
}

interface Person {
  next: number
  begun: number
}

interface Process {
  readonly worker: Worker
  readonly waiting: Person[]
  isAsleep: boolean
  busyMs: number
}

const rounds = 4_000

/** Plays events in their order: a process that has something to do waits for a processor, does the oldest thing, and waits again. There is no chance in it. */
export function simulate({ cores, takenByOthers = 0, replicas, atOnce, steps }: Setting): Predicted {
  const slower = cores / (cores - takenByOthers)
  const make = (worker: Worker): Process => ({ worker, waiting: [], isAsleep: true, busyMs: 0 })
  const [client, engine] = [make('client'), make('engine')]
  const all = Array.from({ length: replicas }, () => make('replica'))
  const awake: Process[] = []
  const running: { readonly process: Process; readonly person: Person; readonly until: number }[] = []
  const people = Array.from({ length: atOnce }, (): Person => ({ next: 0, begun: 0 }))
  const replicaOf = new Map<Person, Process>()
  let [now, turn, through, sumMs] = [0, 0, 0, 0]

  const wake = (process: Process) => {
    process.isAsleep = false
    awake.push(process)
  }
  const processFor = (person: Person, at: Worker): Process => {
    if (at === 'client') {
      replicaOf.delete(person)
      return client
    }
    if (at === 'engine') return engine
    const replica = replicaOf.get(person) ?? all[turn++ % replicas] ?? engine
    replicaOf.set(person, replica)
    return replica
  }
  const arrive = (person: Person) => {
    const step = steps[person.next]
    if (step === undefined) return
    const process = processFor(person, step.at)
    process.waiting.push(person)
    if (process.isAsleep) wake(process)
  }
  const leave = (person: Person) => {
    person.next += 1
    if (person.next < steps.length) return
    sumMs += now - person.begun
    through += 1
    person.next = 0
    person.begun = now
  }

  people.forEach(arrive)
  while (through < rounds) {
    while (running.length < cores && awake.length > 0) {
      const process = awake.shift()
      const person = process?.waiting.shift()
      if (process === undefined || person === undefined) continue
      const ms = (steps[person.next]?.ms ?? 0) * slower
      process.busyMs += ms
      running.push({ process, person, until: now + ms })
    }
    running.sort((one, other) => one.until - other.until)
    const done = running.shift()
    if (done === undefined) throw new Error('nobody has anything to do')
    now = done.until
    leave(done.person)
    if (done.process.waiting.length > 0) awake.push(done.process)
    else done.process.isAsleep = true
    arrive(done.person)
  }
  const [busiest = client] = [client, engine, ...all].sort((one, other) => other.busyMs - one.busyMs)
  return { perSecond: (through / now) * 1_000, meanMs: sumMs / through, busiest: busiest.worker }
}
