import { z } from 'zod'
import { asked, operation } from './operation.ts'
import { nothing } from './shapes.ts'

export const ready = operation({
  request: nothing,
  answer: z.object({ ready: z.boolean(), missing: z.string().optional() }),
  run: async ({ missing }) => {
    const [first] = [...missing.values()].map((tell) => tell()).filter((says) => says !== undefined)
    return first === undefined ? asked({ ready: true }) : { status: 503, answer: { ready: false, missing: first } }
  },
})
