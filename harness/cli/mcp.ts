import { ConfigError } from '#server/config-error'
import type { CallOperation } from '../mcp/mcp-server.ts'
import { callControl } from './call-control.ts'
import type { Configure } from './cli.ts'
import { flags } from './flags.ts'
import { productVersion } from './product-version.ts'

interface McpFlags {
  at?: string
  token?: string
  mcpPort?: number
}

export const configure: Configure = (command, cli) => {
  for (const flag of [flags.at, flags.token, flags.mcpPort]) command.addOption(flag())
  command.action(async ({ at, token, mcpPort: port }: McpFlags) => {
    const { runMcpOverHttp, runMcpOverStdio } = await import('../mcp/run-mcp.ts').catch(orWhatIsMissing)
    const call: CallOperation = (asked) => callControl({ at, token, cli }, asked)
    const options = { call, version: productVersion(), stop: cli.stop }
    if (port === undefined) return runMcpOverStdio(options)
    const ready = (url: string) => cli.print(`MCP over streamable HTTP: ${url}\n`)
    return runMcpOverHttp({ ...options, port, token, ready })
  })
}

const sdk = '@modelcontextprotocol/sdk'

/** Few want it, and it brings a hundred packages: whoever does installs it. */
export function orWhatIsMissing(cause: unknown): never {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(sdk)) throw cause
  throw new ConfigError(`sloop mcp needs the package ${sdk} beside sloop: npm install ${sdk}`, { cause })
}
