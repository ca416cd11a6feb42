import { splitAtCommas } from '../../../security/parse-user.ts'
import { ok, type RestAnswer } from '../../answer.ts'

/** Things by their names: all of them, or those asked for, 404 when none of those is there (es:RestGetRolesAction). */
export function answerNamed<T>(
  names: string,
  entries: readonly (readonly [name: string, thing: T])[],
  toJson: (thing: T) => object,
): RestAnswer {
  const asked = splitAtCommas(names)
  const found = entries.filter(([name]) => asked.length === 0 || asked.includes(name))
  const body = Object.fromEntries(found.map(([name, thing]) => [name, toJson(thing)]))
  return asked.length > 0 && found.length === 0 ? { status: 404, body } : ok(body)
}

/** Whether there was something to delete. */
export function answerFound(found: boolean): RestAnswer {
  return { status: found ? 200 : 404, body: { found } }
}
