import { ConfigError } from '#server/config'
import type { RealmSettings } from './elasticsearch-yml.ts'
import { parseTimeWithin, type TimeLimits } from './time-value.ts'

/**
 * Control and format characters, separators of lines, halves of characters and what is none. XML and addresses cannot carry most of them, and with the others a
 * name looks like one that it is not.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u

/** Reads the settings of one realm by name, and complains by their full name. */
export class SettingReader {
  readonly #settings: RealmSettings

  constructor(settings: RealmSettings) {
    this.#settings = settings
  }

  has(name: string): boolean {
    return this.#settings.values.has(name)
  }

  /** A text whose characters XML, headers, addresses and pages can carry. */
  optional(name: string): string | undefined {
    const value = this.raw(name)
    if (value !== undefined) this.#checkCharacters(name, value)
    return value
  }

  /** A text of any characters: a secret, or what is looked for in others. */
  raw(name: string): string | undefined {
    const value = this.#settings.values.get(name)
    if (value !== undefined && typeof value !== 'string') throw this.wrong(name, 'must be a single value')
    return value
  }

  required(name: string): string {
    const value = this.optional(name)
    if (value === undefined || value.trim() === '') {
      throw new ConfigError(`The configuration setting [${this.fullName(name)}] is required`)
    }
    return value
  }

  boolean(name: string, otherwise: boolean): boolean {
    const value = this.optional(name) ?? String(otherwise)
    if (value !== 'true' && value !== 'false')
      throw this.wrong(name, `is [${value}], only [true] or [false] are allowed`)
    return value === 'true'
  }

  integer(name: string, otherwise: number): number {
    const value = this.optional(name)
    if (value === undefined) return otherwise
    if (!/^-?\d{1,9}$/.test(value)) {
      throw new ConfigError(`Failed to parse value [${value}] for setting [${this.fullName(name)}]`)
    }
    return Number(value)
  }

  /** A YAML list, or values separated by commas, as a node reads lists. */
  list(name: string, otherwise: readonly string[]): readonly string[] {
    const value = this.#settings.values.get(name)
    if (value === undefined) return otherwise
    const words = typeof value === 'string' ? value.split(',') : value
    for (const word of words) this.#checkCharacters(name, word)
    return words.map((word) => word.trim()).filter((word) => word !== '')
  }

  durationMs(name: string, otherwise: number, limits: TimeLimits = {}): number {
    const value = this.optional(name)
    return value === undefined ? otherwise : parseTimeWithin(this.fullName(name), value, limits)
  }

  /** As it stands in the file when nothing is nested. */
  fullName(name: string): string {
    return `${this.#settings.section}.${name}`
  }

  #checkCharacters(name: string, value: string): void {
    const [character] = unseen.exec(value) ?? []
    if (character === undefined) return
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    throw this.wrong(name, `has the character U+${code} in it, which can be neither seen nor sent`)
  }

  wrong(name: string, what: string): ConfigError {
    return new ConfigError(`the setting [${this.fullName(name)}] ${what}`)
  }
}
