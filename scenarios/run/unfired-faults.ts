import type { Lab } from '../../harness/index.ts'

/** Faults of a story that never acted: then it shows nothing of what it is about. */
export async function unfiredFaults({ faults }: Lab): Promise<string[]> {
  const { faults: armed } = await faults.list()
  const idle = armed.filter(({ fired }) => fired === 0)
  return idle.map(({ on, to, change }) => {
    return `the fault ${JSON.stringify(change)} never acted: ${to ?? 'nobody'} was sent no ${on} on which it could`
  })
}
