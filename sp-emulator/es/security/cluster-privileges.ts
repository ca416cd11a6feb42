/** What a named privilege allows: every action that fits one of the patterns, but for the exceptions. */
export interface PrivilegeRow {
  readonly grants: readonly string[]
  readonly except?: readonly string[]
}

/**
 * The cluster privileges of a node, from the least to the most privileged, as its messages list them: in the order of how many others each implies,
 * then by name (es:ClusterPrivilegeResolver, of 8.x; what came later is inferred).
 */
export const clusterPrivileges = {
  manage_own_api_key: { grants: ['cluster:admin/xpack/security/api_key/*'] },
  none: { grants: [] },
  cancel_task: { grants: ['cluster:admin/tasks/cancel*'] },
  cross_cluster_replication: {
    grants: [
      'cluster:internal/remote_cluster/handshake',
      'cluster:internal/remote_cluster/nodes',
      'cluster:monitor/state',
    ],
  },
  cross_cluster_search: {
    grants: [
      'cluster:internal/remote_cluster/handshake',
      'cluster:internal/remote_cluster/nodes',
      'cluster:monitor/xpack/enrich/esql/resolve_policy',
    ],
  },
  delegate_pki: {
    grants: ['cluster:admin/xpack/security/delegate_pki', 'cluster:admin/xpack/security/token/invalidate'],
  },
  grant_api_key: { grants: ['cluster:admin/xpack/security/api_key/grant*'] },
  manage_autoscaling: { grants: ['cluster:admin/autoscaling/*'] },
  manage_data_stream_global_retention: { grants: ['cluster:admin/data_stream/global_retention/*'] },
  manage_enrich: { grants: ['cluster:admin/xpack/enrich/*'] },
  manage_esql: { grants: ['cluster:admin/xpack/esql/*'] },
  manage_index_templates: {
    grants: ['indices:admin/template/*', 'indices:admin/index_template/*', 'cluster:admin/component_template/*'],
  },
  manage_logstash_pipelines: { grants: ['cluster:admin/logstash/pipeline/*'] },
  manage_oidc: { grants: ['cluster:admin/xpack/security/oidc/*'] },
  manage_saml: {
    grants: [
      'cluster:admin/xpack/security/saml/*',
      'cluster:admin/xpack/security/token/invalidate',
      'cluster:admin/xpack/security/token/refresh',
      'cluster:monitor/xpack/security/saml/metadata',
    ],
  },
  manage_search_application: { grants: ['cluster:admin/xpack/application/search_application/*'] },
  manage_search_query_rules: { grants: ['cluster:admin/xpack/query_rules/*'] },
  manage_search_synonyms: { grants: ['cluster:admin/synonyms/*', 'cluster:admin/synonym_rules/*'] },
  manage_service_account: { grants: ['cluster:admin/xpack/security/service_account/*'] },
  manage_token: { grants: ['cluster:admin/xpack/security/token/*'] },
  manage_user_profile: { grants: ['cluster:admin/xpack/security/profile/*'] },
  monitor_data_stream_global_retention: { grants: ['cluster:monitor/data_stream/global_retention/*'] },
  monitor_enrich: { grants: ['cluster:monitor/xpack/enrich/*', 'cluster:admin/xpack/enrich/get'] },
  monitor_esql: { grants: ['cluster:monitor/xpack/esql/*'] },
  monitor_inference: {
    grants: ['cluster:monitor/xpack/inference*', 'cluster:monitor/xpack/ml/trained_models/deployment/infer'],
  },
  monitor_ml: { grants: ['cluster:monitor/xpack/ml/*'] },
  monitor_rollup: { grants: ['cluster:monitor/xpack/rollup/*'] },
  monitor_snapshot: {
    grants: ['cluster:admin/snapshot/status*', 'cluster:admin/snapshot/get', 'cluster:admin/repository/get'],
  },
  monitor_stats: { grants: ['cluster:monitor/stats*'] },
  monitor_text_structure: { grants: ['cluster:monitor/text_structure/*'] },
  monitor_watcher: { grants: ['cluster:monitor/xpack/watcher/*'] },
  post_behavioral_analytics_event: { grants: ['cluster:admin/xpack/application/analytics/post_event'] },
  read_ccr: { grants: ['cluster:monitor/state', 'cluster:admin/xpack/security/user/has_privileges'] },
  read_fleet_secrets: { grants: ['cluster:admin/fleet/secrets/get'] },
  read_ilm: { grants: ['cluster:admin/ilm/get', 'cluster:admin/ilm/operation_mode/get'] },
  read_pipeline: { grants: ['cluster:admin/ingest/pipeline/get', 'cluster:admin/ingest/pipeline/simulate'] },
  read_security: {
    grants: [
      'cluster:admin/xpack/security/api_key/get',
      'cluster:admin/xpack/security/api_key/query',
      'cluster:admin/xpack/security/privilege/builtin/get',
      'cluster:admin/xpack/security/privilege/get',
      'cluster:admin/xpack/security/profile/get',
      'cluster:admin/xpack/security/profile/has_privileges',
      'cluster:admin/xpack/security/profile/suggest',
      'cluster:admin/xpack/security/role/get',
      'cluster:admin/xpack/security/role_mapping/get',
      'cluster:admin/xpack/security/service_account/get',
      'cluster:admin/xpack/security/service_account/credential/get*',
      'cluster:admin/xpack/security/settings/get',
      'cluster:admin/xpack/security/user/get',
      'cluster:admin/xpack/security/user/list_privileges',
      'cluster:admin/xpack/security/user/has_privileges',
      'cluster:admin/xpack/security/role/query',
      'cluster:admin/xpack/security/user/query',
    ],
  },
  read_slm: { grants: ['cluster:admin/slm/get', 'cluster:admin/ilm/operation_mode/get'] },
  transport_client: { grants: ['cluster:monitor/nodes/liveness', 'cluster:monitor/state'] },
  write_connector_secrets: {
    grants: [
      'cluster:admin/xpack/connector/secret/delete',
      'cluster:admin/xpack/connector/secret/post',
      'cluster:admin/xpack/connector/secret/put',
    ],
  },
  write_fleet_secrets: { grants: ['cluster:admin/fleet/secrets/delete', 'cluster:admin/fleet/secrets/post'] },
  create_snapshot: {
    grants: [
      'cluster:admin/snapshot/create',
      'cluster:admin/snapshot/status*',
      'cluster:admin/snapshot/get',
      'cluster:admin/repository/get',
    ],
  },
  manage_api_key: { grants: ['cluster:admin/xpack/security/api_key/*'] },
  manage_behavioral_analytics: { grants: ['cluster:admin/xpack/application/analytics/*'] },
  manage_ccr: {
    grants: ['cluster:admin/xpack/ccr/*', 'cluster:monitor/state', 'cluster:admin/xpack/security/user/has_privileges'],
  },
  manage_ilm: { grants: ['cluster:admin/ilm/*'] },
  manage_inference: {
    grants: [
      'cluster:admin/xpack/inference/*',
      'cluster:monitor/xpack/inference*',
      'cluster:admin/xpack/ml/trained_models/deployment/start',
      'cluster:admin/xpack/ml/trained_models/deployment/stop',
      'cluster:monitor/xpack/ml/trained_models/deployment/infer',
    ],
  },
  manage_ml: { grants: ['cluster:admin/xpack/ml/*', 'cluster:monitor/xpack/ml/*'] },
  manage_rollup: { grants: ['cluster:admin/xpack/rollup/*', 'cluster:monitor/xpack/rollup/*'] },
  manage_slm: {
    grants: [
      'cluster:admin/slm/*',
      'cluster:admin/ilm/start',
      'cluster:admin/ilm/stop',
      'cluster:admin/ilm/operation_mode/get',
    ],
  },
  manage_watcher: { grants: ['cluster:admin/xpack/watcher/*', 'cluster:monitor/xpack/watcher/*'] },
  monitor_data_frame_transforms: { grants: ['cluster:monitor/data_frame/*', 'cluster:monitor/transform/*'] },
  monitor_transform: { grants: ['cluster:monitor/data_frame/*', 'cluster:monitor/transform/*'] },
  manage_ingest_pipelines: { grants: ['cluster:admin/ingest/pipeline/*'] },
  manage_pipeline: { grants: ['cluster:admin/ingest/pipeline/*'] },
  manage_data_frame_transforms: {
    grants: [
      'cluster:admin/data_frame/*',
      'cluster:monitor/data_frame/*',
      'cluster:monitor/transform/*',
      'cluster:admin/transform/*',
    ],
  },
  manage_transform: {
    grants: [
      'cluster:admin/data_frame/*',
      'cluster:monitor/data_frame/*',
      'cluster:monitor/transform/*',
      'cluster:admin/transform/*',
    ],
  },
  manage_security: {
    grants: ['cluster:admin/xpack/security/*'],
    except: ['cluster:admin/xpack/security/delegate_pki'],
  },
  monitor: {
    grants: [
      'cluster:monitor/*',
      'indices:admin/template/get',
      'cluster:admin/component_template/get',
      'indices:admin/index_template/get',
    ],
  },
  manage: {
    grants: ['cluster:*', 'indices:admin/template/*', 'indices:admin/index_template/*'],
    except: ['cluster:admin/xpack/security/*'],
  },
  all: { grants: ['cluster:*', 'indices:admin/template/*', 'indices:admin/index_template/*'] },
} as const satisfies Readonly<Record<string, PrivilegeRow>>

export type ClusterPrivilege = keyof typeof clusterPrivileges
