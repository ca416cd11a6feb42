export { catalogue, getScenario } from './catalogue/index.ts'
export {
  type BrowserEngine,
  browsersOf,
  type LaunchedBrowsers,
  type LaunchOptions,
  launchBrowsers,
} from './drivers/browsers.ts'
export { createHttpBrowser, httpBrowsers } from './drivers/http-browser.ts'
export type { PlaywrightBrowser } from './drivers/playwright-browser.ts'
export type { OpenBrowser, PostedForm, SeenPage, Tab, UserAgent } from './drivers/user-agent.ts'
export type { NetworkAct, NetworkActs, NetworkCondition, ToldAddress } from './network/condition.ts'
export { type Network, startNetwork } from './network/network.ts'
export type { Reporter } from './report/reporters.ts'
export { type CompareOptions, compareDrivers } from './run/compare-drivers.ts'
export { runBundle } from './run/run-bundle.ts'
export { type RunFlags, type RunIo, runCommand } from './run/run-command.ts'
export { type RunScenarioOptions, runScenario, type ScenarioReport } from './run/run-scenario.ts'
export type { Bundle } from './run/write-bundle.ts'
export * from './scenario/expected.ts'
export type { BrowserConditions, Scenario } from './scenario/scenario.ts'
export * from './scenario/steps.ts'
