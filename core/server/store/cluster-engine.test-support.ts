import { startRedisCluster } from './redis/redis-cluster.test-support.ts'

export const startEngine = startRedisCluster
