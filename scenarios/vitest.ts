import { test as base, expect } from 'vitest'
import type { World } from '../harness/index.ts'
import type { Expects } from './fixtures/expects.ts'
import { leftLab } from './fixtures/left-lab.ts'
import { toAccept, toBeProvenEnded, toRefuseWith } from './fixtures/matchers.ts'
import { borrowLab } from './fixtures/shared-labs.ts'
import { samlSerializer } from './fixtures/snapshot/serializer.ts'
import { beginTest, endTest } from './fixtures/test-in-lab.ts'
import type { Judge, Message } from './fixtures/verdict.ts'
import { writeAccounts } from './fixtures/write-accounts.ts'

export { type Expects, expect, type World }

/** Where what happened in a test that failed is written, below the folder that vitest was started in. */
const reports = 'sloop-report'

/**
 * vitest's `test` with a lab for each worker and world, which every test finds as after its start: `lab`, `idp`, `es`, `faults`, `clocks`, `journal`, `ledger`. The world is
 * `test.extend('world', { scope: 'worker' }, { … })`, or for a whole file `test.override({ world })`. A test that leaves a fault unused, a request unanswered or a session alive that was claimed
 * to have ended fails, unless `expects` says so; of one that fails the diagram, the journal and the bundle are written to `sloop-report/`, and its message says where.
 */
export const test = base
  .extend('world', { scope: 'worker' }, {} as World)
  .extend('lab', { scope: 'worker' }, async ({ world }, { onCleanup }) => {
    const { lab, giveBack } = await borrowLab(world)
    onCleanup(giveBack)
    return lab
  })
  .extend('expects', {} as Expects)
  .extend('leavesItsLabInOrder', { auto: true }, async ({ lab, expects, task, signal, onTestFinished }) => {
    // A test whose time is over while its lab was made does not begin: the next one has the lab already.
    signal.throwIfAborted()
    await beginTest(lab, expects)
    // What throws while fixtures are taken down is told twice.
    onTestFinished(async () => {
      const { fullTestName: title, file, result } = task
      const hasFailed = result?.state === 'fail'
      const { sentences, accounts } = await endTest(lab, { expects, title, hasFailed })
      if (result?.state === 'skip' || accounts.length === 0) return
      const diagram = await writeAccounts(accounts, { below: reports, title: `${file.name} ${title}` })
      const told = `What happened: ${diagram}`
      if (sentences.length > 0) throw leftLab(sentences, [told])
      const [error] = result?.errors ?? []
      if (error !== undefined) tell(error, told)
    })
  })
  .extend('idp', ({ lab }) => lab.idp)
  .extend('es', ({ lab }) => lab.es)
  .extend('faults', ({ lab }) => lab.faults)
  .extend('clocks', ({ lab }) => lab.clocks)
  .extend('journal', ({ lab }) => lab.journal)
  .extend('ledger', ({ lab }) => lab.ledger)

/** Some reporters show the message of an error, and others its stack, which begins with the message. */
function tell(error: { message: string; stack?: string }, told: string): void {
  const { message, stack } = error
  error.message = `${message}\n\n${told}`
  if (stack !== undefined) error.stack = stack.replace(message, () => error.message)
}

expect.extend({ toAccept, toRefuseWith, toBeProvenEnded })
expect.addSnapshotSerializer(samlSerializer)

declare module 'vitest' {
  interface Matchers<T> {
    /** Of `lab.es` or `lab.idp` and a message (wait for it), of what `explain` answers, or of an entry of the journal: the message is accepted. */
    toAccept(message?: Message): T extends Judge ? Promise<void> : void
    /** The same: it is refused, and this is the code of the first rule that it breaks. */
    toRefuseWith(code: string, message?: Message): T extends Judge ? Promise<void> : void
    /** Of what `lab.ledger` answers, or of a participant of it: whoever was logged out really is. */
    toBeProvenEnded(): void
  }
}
