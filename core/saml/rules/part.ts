import { SamlError } from '../errors.ts'
import { Unaskable } from './unaskable.ts'

/**
 * A part of a received message, made when it is first asked for and remembered, whatever came of it. The one rule that is about it makes it, and so refuses
 * where it cannot be made; every other rule gets it, and cannot be asked without it.
 */
export class Part<Value> {
  readonly #missing: string
  #toMake: (() => Value) | undefined
  #value: Value | undefined
  #failure: unknown

  /** `missing` is the sentence for whoever cannot go on without it: `no document could be read`. */
  constructor(missing: string, make: () => Value) {
    this.#missing = missing
    this.#toMake = make
  }

  /** @throws what making it throws, the same each time: SamlError where it is to be refused. */
  make(): Value {
    if (this.#toMake !== undefined) this.#remember(this.#toMake)
    if (this.#failure !== undefined) throw this.#failure
    return this.#value as Value
  }

  /** @throws Unaskable where it would be refused. */
  get(): Value {
    try {
      return this.make()
    } catch (error) {
      throw error instanceof SamlError ? new Unaskable(this.#missing) : error
    }
  }

  /** What was made of it so far, without trying: undefined where nobody has asked, or it could not be made. */
  soFar(): Value | undefined {
    return this.#value
  }

  /** What can be had in its place when it cannot be made. */
  or<Other>(other: () => Other): Value | Other {
    try {
      return this.make()
    } catch (error) {
      if (error instanceof SamlError || error instanceof Unaskable) return other()
      throw error
    }
  }

  #remember(make: () => Value): void {
    this.#toMake = undefined
    try {
      this.#value = make()
    } catch (error) {
      this.#failure = error
    }
  }
}
