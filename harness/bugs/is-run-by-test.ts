import type { ShownBug } from './bug.ts'

/** Whether `bugs-run.test.ts` runs the line and compares what Elasticsearch answers. */
export const asksElasticsearch = ({ line, elasticsearch }: ShownBug): boolean =>
  typeof elasticsearch !== 'string' && line.changePartner === undefined

/** Whether a test runs the line: that one, or `faults-fire.test.ts`, which sees that the fault acts on the message. */
export const isRunByTest = (bug: ShownBug): boolean => asksElasticsearch(bug) || bug.line.armFault !== undefined
