import type {
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
} from 'playwright/test'
import { test as base, expect as baseExpect, type TestInfo, type TestType } from 'playwright/test'
import type { Lab, World } from '../harness/index.ts'
import type { Expects } from './fixtures/expects.ts'
import { leftLab } from './fixtures/left-lab.ts'
import { toAccept, toBeProvenEnded, toRefuseWith } from './fixtures/matchers.ts'
import { borrowLab } from './fixtures/shared-labs.ts'
import { beginTest, endTest } from './fixtures/test-in-lab.ts'

export type { Expects, World }

/** What a test may ask for. */
export interface TestFixtures {
  readonly idp: Lab['idp']
  readonly es: Lab['es']
  readonly faults: Lab['faults']
  readonly clocks: Lab['clocks']
  readonly journal: Lab['journal']
  readonly ledger: Lab['ledger']
}

/** What it may say of its end. */
export interface TestOptions {
  expects: Expects
}

/** What a worker has. */
export interface WorkerFixtures {
  readonly lab: Lab
}

/** In what it runs. */
export interface WorkerOptions {
  world: World
}

type Judge = { readonly leavesItsLabInOrder: undefined }

/**
 * Playwright's `test` with a lab for each worker, which every test finds as after its start: `lab`, `idp`, `es`, `faults`, `clocks`, `journal`, `ledger`. The world is
 * `test.use({ world })`. A test that leaves a fault unused, a request unanswered or a session alive that was claimed to have ended fails, unless `expects` says so; one that
 * fails has the sequence diagram, the journal and the bundle among its attachments.
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & TestFixtures & TestOptions,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & WorkerFixtures & WorkerOptions
> = base.extend<TestFixtures & TestOptions & Judge, WorkerFixtures & WorkerOptions>({
  world: [{}, { option: true, scope: 'worker' }],
  lab: [
    async ({ world }, use) => {
      const { lab, giveBack } = await borrowLab(world)
      await use(lab)
      await giveBack()
    },
    { scope: 'worker' },
  ],
  expects: [{}, { option: true }],
  leavesItsLabInOrder: [
    async ({ lab, expects }, use, testInfo) => {
      await beginTest(lab, expects)
      await use(undefined)
      const hasFailed = testInfo.status !== testInfo.expectedStatus
      const title = testInfo.titlePath.slice(1).join(' › ')
      const { sentences, accounts } = await endTest(lab, { expects, title, hasFailed })
      for (const { name, ...what } of accounts) await testInfo.attach(name, what)
      if (!isOver(testInfo) && sentences.length > 0) throw leftLab(sentences)
    },
    { auto: true, box: true },
  ],
  idp: ({ lab }, use) => use(lab.idp),
  es: ({ lab }, use) => use(lab.es),
  faults: ({ lab }, use) => use(lab.faults),
  clocks: ({ lab }, use) => use(lab.clocks),
  journal: ({ lab }, use) => use(lab.journal),
  ledger: ({ lab }, use) => use(lab.ledger),
})

/** Of a test that skipped itself nobody expects anything. */
const isOver = ({ status }: TestInfo): boolean => status === 'skipped' || status === 'interrupted'

/** Playwright's `expect` with the matchers `toAccept`, `toRefuseWith` and `toBeProvenEnded`. */
export const expect = baseExpect.extend({ toAccept, toRefuseWith, toBeProvenEnded })
