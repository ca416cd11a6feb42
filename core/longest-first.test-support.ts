import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest while most of it waits for others, longest first: begun last, it would be all that runs in the end. */
export const longest = [
  'examples/examples.test.ts',
  'harness/cli/unread-log.test.ts',
  'harness/bootstrap/start.test.ts',
]

const placeOf = ({ moduleId }: Pick<TestSpecification, 'moduleId'>): number => {
  const place = longest.findIndex((path) => moduleId.endsWith(`/${path}`))
  return place === -1 ? longest.length : place
}

/** The rest as Vitest has it: by how long each took the last time, which a machine of continuous integration does not know, or by size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}
