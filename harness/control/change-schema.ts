import { z } from 'zod'
import { ChangeRefusal, changeSchema, checkChange } from '../../idp/changes/index.ts'

const { $schema: _, ...described } = z.toJSONSchema(changeSchema(), { io: 'input' })

/** `status[0]` as zod has it. */
const partsOf = (path: string): (string | number)[] =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))

/** What is to be wrong about a message (`spec/contract.md` §2.5): refused by its path and the nearest word there is. */
export const change = z
  .record(z.string(), z.unknown())
  .superRefine((given, context) => {
    try {
      checkChange(given)
    } catch (error) {
      if (!(error instanceof ChangeRefusal)) throw error
      const { path, message, expected, actual } = error.mistake
      context.addIssue({ code: 'custom', path: partsOf(path), message, params: { expected, actual } })
    }
  })
  .meta({ ...described, title: 'Change' })
