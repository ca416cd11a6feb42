import { emptyRole, type IndicesPrivileges, type Role } from './role.ts'

function over(names: string[], privileges: string[], allowRestrictedIndices = false): IndicesPrivileges {
  return { names, privileges, allowRestrictedIndices }
}

function reserved(cluster: readonly string[], more: Partial<Role> = {}): Role {
  return { ...emptyRole, cluster, metadata: { _reserved: true }, ...more }
}

const kibana = (privilege: string) => [{ application: 'kibana-.kibana', privileges: [privilege], resources: ['*'] }]

/** The roles that every cluster has, and nobody can change, with the privileges that matter here (es:ReservedRolesStore; index privileges abridged). */
export const builtInRoles: ReadonlyMap<string, Role> = new Map<string, Role>([
  [
    'superuser',
    reserved(['all'], {
      indices: [
        over(['*'], ['all']),
        over(['*'], ['monitor', 'read', 'view_index_metadata', 'read_cross_cluster'], true),
      ],
      applications: [{ application: '*', privileges: ['*'], resources: ['*'] }],
      runAs: ['*'],
    }),
  ],
  [
    'kibana_system',
    reserved(
      [
        'monitor',
        'manage_index_templates',
        'cluster:admin/xpack/monitoring/bulk',
        'manage_saml',
        'manage_token',
        'manage_oidc',
        'cluster:admin/xpack/security/api_key/invalidate',
        'grant_api_key',
        'manage_own_api_key',
        'cluster:admin/xpack/security/privilege/builtin/get',
        'delegate_pki',
        'cluster:admin/xpack/security/profile/get',
        'cluster:admin/xpack/security/profile/activate',
        'cluster:admin/xpack/security/profile/suggest',
        'cluster:admin/xpack/security/profile/has_privileges',
        'write_fleet_secrets',
        'manage_ilm',
      ],
      { indices: [over(['.kibana*', '.reporting-*'], ['all'], true)] },
    ),
  ],
  ['apm_system', reserved(['monitor', 'cluster:admin/xpack/monitoring/bulk'])],
  ['apm_user', reserved([])],
  ['beats_admin', reserved([], { indices: [over(['.management-beats'], ['all'])] })],
  ['beats_system', reserved(['monitor', 'cluster:admin/xpack/monitoring/bulk'])],
  ['data_frame_transforms_admin', reserved(['manage_data_frame_transforms'])],
  ['data_frame_transforms_user', reserved(['monitor_data_frame_transforms'])],
  ['editor', reserved([], { applications: kibana('all') })],
  ['enrich_user', reserved(['manage_enrich', 'manage_ingest_pipelines', 'monitor'])],
  ['inference_admin', reserved(['manage_inference'])],
  ['inference_user', reserved(['monitor_inference'])],
  ['ingest_admin', reserved(['manage_index_templates', 'manage_pipeline'])],
  ['kibana_admin', reserved([], { applications: kibana('all') })],
  ['kibana_user', reserved([], { applications: kibana('all') })],
  ['logstash_admin', reserved(['manage_logstash_pipelines'], { indices: [over(['.logstash*'], ['all'], true)] })],
  ['logstash_system', reserved(['monitor', 'cluster:admin/xpack/monitoring/bulk'])],
  ['machine_learning_admin', reserved(['manage_ml'])],
  ['machine_learning_user', reserved(['monitor_ml'])],
  [
    'monitoring_user',
    reserved(['cluster:monitor/main', 'cluster:monitor/xpack/info', 'cluster:monitor/remote/info'], {
      indices: [over(['.monitoring-*', 'metrics-*'], ['read', 'read_cross_cluster'])],
    }),
  ],
  ['remote_monitoring_agent', reserved(['manage_index_templates', 'manage_ingest_pipelines', 'monitor', 'manage_ilm'])],
  ['remote_monitoring_collector', reserved(['monitor'], { indices: [over(['*'], ['monitor'], true)] })],
  ['reporting_user', reserved([])],
  ['rollup_admin', reserved(['manage_rollup'])],
  ['rollup_user', reserved(['monitor_rollup'])],
  ['snapshot_user', reserved(['create_snapshot', 'cluster:admin/repository/get'])],
  ['transform_admin', reserved(['manage_transform'])],
  ['transform_user', reserved(['monitor_transform'])],
  ['transport_client', reserved(['transport_client'])],
  ['viewer', reserved([], { applications: kibana('read') })],
  ['watcher_admin', reserved(['manage_watcher'])],
  ['watcher_user', reserved(['monitor_watcher'])],
])
