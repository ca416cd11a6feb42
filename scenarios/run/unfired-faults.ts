import type { Lab } from '../../harness/index.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** Faults of a story that never acted: then it shows nothing of what it is about. */
export async function unfiredFaults({ faults }: Pick<Lab, 'faults'>): Promise<string[]> {
  const { faults: armed } = await faults.list()
  const idle = armed.filter(({ fired }) => fired === 0)
  return idle.map(({ on, to, change }) => {
    const message = to === null ? on : `${on} to ${to}`
    return `the fault ${JSON.stringify(change)} never acted: there was no ${message} on which it could`
  })
}

/** Conditions of the network that nothing of the story has met. */
export function unmetConditions({ conditions }: Scenario, fired: readonly number[] = []): string[] {
  const met = (index: number) => (fired[index] ?? 0) > 0
  const unmet = conditions?.network?.filter((_, index) => !met(index)) ?? []
  return unmet.map((condition) => `nothing has met the condition of the network ${JSON.stringify(condition)}`)
}
