import { startLab } from '../harness/index.ts'
import { measure } from './measure.ts'
import { usedBytes } from './memory.ts'
import type { Row } from './table.ts'

const most = 1_000

/** Labs on one server: how long one takes from world to ready, what it holds, and what stays of a thousand that have gone. */
export async function labRows(): Promise<Row[]> {
  const server = await startLab()
  const timings = await measure([
    {
      name: 'lab',
      run: async () => {
        const lab = await server.labs.create()
        await lab.close()
      },
    },
  ])
  const before = usedBytes()
  const labs = []
  for (let each = 0; each < most; each++) labs.push(await server.labs.create())
  const held = (usedBytes() - before) / most
  while (labs.length > 0) await labs.pop()?.close()
  const left = (usedBytes() - before) / most
  await server.close()
  return [
    { what: 'a lab of the default world' },
    { what: '  created and removed', value: timings.get('lab'), unit: 'µs', most: 5_000 },
    { what: `  held by each of ${most}`, value: held, unit: 'B', most: 100_000 },
    { what: '  left of each once all are removed', value: left, unit: 'B', most: 2_000 },
  ]
}
