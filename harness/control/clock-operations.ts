import { z } from 'zod'
import { clockChangeSchema, clockStateSchema, clocksSchema } from './clock-schema.ts'
import { asked, changed, operation } from './operation.ts'
import { nothing } from './shapes.ts'

export const getClocks = operation({
  request: nothing,
  answer: z.object({ clocks: clocksSchema }),
  run: async ({ clocks }) => asked({ clocks: clocks.all() }),
})

export const setClock = operation({
  request: clockChangeSchema,
  example: { shiftMs: 300_000 },
  answer: clockStateSchema,
  run: async ({ clocks }, { key, given }) => changed(clocks.set(key, given)),
})
