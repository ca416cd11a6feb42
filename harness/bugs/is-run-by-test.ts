import type { ShownBug } from './bug.ts'

/** What the runner (`run-line.test-support.ts`) has no step for. */
const withoutStep = ['armFault', 'changePartner'] as const

/** Whether `bugs-run.test.ts` runs the line and compares what Elasticsearch answers. */
export function isRunByTest({ line, elasticsearch }: ShownBug): boolean {
  return typeof elasticsearch !== 'string' && withoutStep.every((step) => line[step] === undefined)
}
