import { ofJudging } from './of-judging.ts'
import { ofServiceProviders } from './of-service-providers.ts'
import { ofTheCodec } from './of-the-codec.ts'
import { ofTheIdp } from './of-the-idp.ts'
import { ofTokens } from './of-tokens.ts'
import type { Sabotage } from './sabotage.ts'

export const sabotages: readonly Sabotage[] = [
  ...ofJudging,
  ...ofTheCodec,
  ...ofTokens,
  ...ofTheIdp,
  ...ofServiceProviders,
]
