import { ConfigError } from '#server/config'
import type { RealmSettings } from './elasticsearch-yml.ts'
import { parseTimeWithin, type TimeLimits } from './time-value.ts'

/** Reads the settings of one realm by name, and complains by their full name. */
export class SettingReader {
  readonly #settings: RealmSettings

  constructor(settings: RealmSettings) {
    this.#settings = settings
  }

  has(name: string): boolean {
    return this.#settings.values.has(name)
  }

  optional(name: string): string | undefined {
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

  wrong(name: string, what: string): ConfigError {
    return new ConfigError(`the setting [${this.fullName(name)}] ${what}`)
  }
}
