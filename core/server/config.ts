export { ConfigError } from './config-error.ts'
export { nearest, similarOnes } from './suggestions.ts'
export { readYamlFile } from './yaml-file.ts'
