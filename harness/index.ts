export { ConfigError } from '#server/config'
export type { Log } from '#server/logging'
export { type Lab, type LabOptions, startLab } from './lab.ts'
export type { IssuedTokens } from './role-options.ts'
