export type FieldValue = string | number | boolean | null

/** A condition on a user, as a role mapping states it (es:RoleMapperExpression). */
export type Rule =
  | { readonly kind: 'field'; readonly field: string; readonly values: readonly FieldValue[] }
  | { readonly kind: 'any' | 'all'; readonly rules: readonly Rule[] }
  | { readonly kind: 'except'; readonly rule: Rule }

/** A rule as it would be sent. */
export function ruleJson(rule: Rule): object {
  switch (rule.kind) {
    case 'field': {
      const [first, ...others] = rule.values
      return { field: { [rule.field]: others.length === 0 ? first : rule.values } }
    }
    case 'except':
      return { except: ruleJson(rule.rule) }
    default:
      return { [rule.kind]: rule.rules.map(ruleJson) }
  }
}
