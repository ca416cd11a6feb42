import { readValue } from './read-value.ts'
import { worldSchema } from './schema.ts'
import type { CheckedWorld } from './world.ts'

/** Checks what somebody gave as a world. An empty one says nothing. @throws ConfigError naming the dotted path of the first mistake */
export const readWorld = (given: unknown): CheckedWorld => readValue(worldSchema, given ?? {}, 'the world')
